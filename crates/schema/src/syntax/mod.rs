//! SQLite's own SQL: a tokenizer and parsers that follow its grammar, oddities included.
//!
//! A general SQL parser reads the plain part of it only. Here, what SQLite accepted once is read the way SQLite read
//! it: names in four kinds of quotes, double-quoted strings, type names of any words, constraints without commas,
//! operator precedence. Nothing is executed.

mod create_index;
mod create_table;
mod create_trigger;
mod create_view;
mod cursor;
mod error;
mod expr;
mod expr_parser;
mod token;
mod virtual_table;

pub(crate) use create_index::{ParsedIndex, parse_index};
pub(crate) use create_table::{ParsedForeignKey, ParsedTable, parse_table};
pub(crate) use create_trigger::{Event, ParsedTrigger, Statement, parse_trigger};
pub(crate) use create_view::{Item, Joined, ParsedView, Select, parse_view};
pub(crate) use expr::{Binary, CurrentWord, Expr, Match, Unary};
pub(crate) use expr_parser::parse_expr;
pub(crate) use virtual_table::{ParsedVirtualTable, parse_virtual_table};

#[cfg(test)]
mod tests;
