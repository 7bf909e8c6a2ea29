//! `.env` files: read as dotenv reads them, edited one value at a time.

mod edit;
mod example;
mod parse;

pub(crate) use edit::{Refusal, Wanted, line_of, set};
pub(crate) use example::example_of;
pub(crate) use parse::{Assignment, assignments, effective};

#[cfg(test)]
mod tests;
