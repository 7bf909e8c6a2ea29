//! The page and the JSON as a reader meets them.

mod json;
mod page;

#[path = "../../examples/sample/imagined.rs"]
mod imagined;
