//! Plots as inline SVG, each with a title and a description; the page puts a table of the same figures beside them.

mod bars;
mod curve;
mod rates;
mod scale;

pub(crate) use bars::{Bar, bars};
pub(crate) use curve::curve;
pub(crate) use rates::rates;
