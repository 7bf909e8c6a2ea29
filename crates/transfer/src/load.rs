//! Loading the stage: rows, keys, indexes and foreign keys, by sessions that work side by side.

mod aside;
mod copy;
mod crew;
mod feed;
mod flush;
mod meter;
mod orphans;
mod run;
mod schedule;
mod sequence;
mod sorting;
mod standing;
mod statistics;
mod work;

pub(crate) use crew::Crew;
pub(crate) use run::load;
pub(crate) use sequence::{sequences_standing, set_sequences};
pub(crate) use standing::{report_of, standing};
