//! One stored SQLite value to one PostgreSQL value, or the reason why not.
//!
//! A [`Converter`] is chosen once per column and appends fields of PostgreSQL's binary COPY format. [`Reason`]s are why
//! a value is refused, [`Changes`] what a conversion could not keep. Pure: no database, no allocation per value.

mod calendar;
mod change;
mod converter;
mod date;
mod epoch;
mod field;
mod instant;
mod integer;
mod real;
mod refusal;
mod shortest;
mod text;

pub use change::{Change, Changes};
pub use converter::Converter;
pub use refusal::{Reason, Refusal};
