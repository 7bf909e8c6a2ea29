//! One stored SQLite value to one PostgreSQL value, or the reason why not.
//!
//! A [`Converter`] is chosen once per column and appends fields of PostgreSQL's binary COPY format. [`Reason`]s are why
//! a value is refused, [`Changes`] what a conversion could not keep. Pure: no database, no allocation per value.
//!
//! The same knowledge at the level of forms: [`classify`] names the form of a value, a [`Gauge`] collects the evidence of
//! a column, and [`admits`] tells from that evidence what [`Converter::encode`] will do with every value of a form.

mod calendar;
mod change;
mod converter;
mod date;
mod decimal;
mod epoch;
mod field;
mod form;
mod gauge;
mod instant;
mod integer;
mod interest;
mod json;
mod label;
mod numeric;
mod real;
mod refusal;
mod shortest;
mod text;
mod uuid;
mod verdict;

pub use change::{Change, Changes};
pub use converter::Converter;
pub use form::classify;
pub use gauge::Gauge;
pub use interest::Interest;
pub use refusal::{Reason, Refusal};
pub use verdict::{Verdict, admits};
