use crate::syntax::{ParsedVirtualTable, parse_virtual_table};

/// What a virtual table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Rows of its own.
    Own,
    /// The rows of another table, which it indexes.
    OfTable(String),
    /// An index only; the texts are not kept.
    Index,
    /// A view of something else (`fts5vocab`, `dbstat`).
    Derived,
    /// Unknown: the module is not one of SQLite's own.
    Unknown,
}

/// Modules whose tables show something else.
const DERIVED: &[&str] = &["fts5vocab", "fts4aux", "fts3tokenize", "dbstat", "bytecode", "spellfix1", "completion"];

/// Modules that hold rows and that this program's SQLite has.
const OWN: &[&str] = &["rtree", "rtree_i32", "geopoly"];

/// What a virtual table holds, by its `CREATE` statement.
pub(crate) fn content_of(sql: &str) -> (Option<ParsedVirtualTable>, Content) {
    let Ok(parsed) = parse_virtual_table(sql) else { return (None, Content::Unknown) };
    let content = match parsed.module.as_str() {
        "fts3" | "fts4" | "fts5" => match parsed.option("content").as_deref() {
            None => Content::Own,
            Some("") => Content::Index,
            Some(table) => Content::OfTable(table.to_owned()),
        },
        module if OWN.contains(&module) => Content::Own,
        module if DERIVED.contains(&module) => Content::Derived,
        _ => Content::Unknown,
    };
    (Some(parsed), content)
}
