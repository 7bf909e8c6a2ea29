//! One pass over every value of the source: evidence, findings, forecast.
//!
//! [`scan`] reads everything once and gives [`Evidence`](autobot_catalog::Evidence), from which types are chosen.
//! [`duplicates`] and [`locate`] answer what only chosen types can tell: which rows PostgreSQL would hold for equal, and
//! which rows it would not take. [`forecast`] estimates size and time. Nothing is written but to the sink of `locate`.

mod duplicates;
mod error;
mod forecast;
mod interest;
mod locate;
mod look_alikes;
mod options;
mod orphans;
mod place;
mod rows;
mod scan;
mod tally;
mod wide_rows;

pub use duplicates::{UniqueKey, duplicates};
pub use error::Error;
pub use forecast::{Forecast, forecast};
pub use interest::interest;
pub use locate::{Located, locate};
pub use look_alikes::look_alikes;
pub use options::{Progress, ScanOptions};
pub use scan::scan;
pub use wide_rows::wide_rows;
