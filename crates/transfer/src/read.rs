//! Reading the source: a blocking thread per table, from borrowed values straight into buffers for COPY.

mod aside;
mod batch;
mod block;
mod estimate;
mod reader;
mod row;
mod statement;
mod witness;

pub(crate) use aside::{Aside, Spool};
pub(crate) use batch::{BatchEnd, Span};
pub(crate) use block::{Pipe, pipe};
pub(crate) use estimate::estimate_bytes;
pub(crate) use reader::{Cut, HEADER, Reader, TRAILER};
pub use witness::{Witness, Witnesses};
