//! Publishing: what is proved in the stage becomes visible, in one short transaction.

mod compare;
mod existing;
mod publication;
mod rehearsal;
mod withdrawal;

pub(crate) use existing::count_present;
pub(crate) use publication::publish;
pub(crate) use rehearsal::rehearse;
pub(crate) use withdrawal::withdraw;
