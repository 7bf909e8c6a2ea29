//! Quoting.
//!
//! Prisma writes a quote within a name as it is, which is broken SQL; here it is doubled.

/// `"name"`.
pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `"schema"."name"`, or `"name"`.
pub(super) fn qualified(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", identifier(schema), identifier(name)),
        None => identifier(name),
    }
}

/// `"a", "b"`, with the separator that the statement uses.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a String>, separator: &str) -> String {
    names.into_iter().map(|n| identifier(n)).collect::<Vec<_>>().join(separator)
}

/// `'text'`; backslashes are plain characters in PostgreSQL.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
