//! One pass over every value of the source: evidence, findings, forecast.
//!
//! [`scan`] reads everything once and gives [`Evidence`](autobot_catalog::Evidence), from which types are chosen.
//! [`duplicates`], [`changed_values`] and [`locate`] answer what only chosen types can tell: which rows PostgreSQL would
//! hold for equal, which it changes and which it would not take; [`violations`] which rows break a CHECK. [`forecast`]
//! estimates size and time. Nothing is written but to the sink of `locate`.

mod changed;
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
mod violations;
mod wide_rows;

pub use changed::changed_values;
pub use duplicates::{UniqueKey, duplicates};
pub use error::Error;
pub use forecast::{Forecast, forecast};
pub use interest::interest;
pub use locate::{Located, locate};
pub use look_alikes::look_alikes;
pub use options::{Progress, ScanOptions};
pub use scan::scan;
pub use violations::violations;
pub use wide_rows::wide_rows;
