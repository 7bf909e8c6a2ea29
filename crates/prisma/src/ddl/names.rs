//! Names of constraints and indexes where the schema gives none, cut as Prisma cuts them.

/// The longest name PostgreSQL takes, in bytes.
pub(crate) const IDENTIFIER_BYTES_MAX: usize = 63;

/// The suffix of a join table's key in [`Flavor::Five`](super::Flavor::Five) and later.
const JOIN_UNIQUE: &str = "_AB_unique";
const JOIN_KEY: &str = "_AB_pkey";
const JOIN_INDEX: &str = "_B_index";

pub(super) fn primary_key(table: &str) -> String {
    cut_and_end(table.to_owned(), "_pkey")
}

pub(super) fn unique<'a>(table: &str, columns: impl IntoIterator<Item = &'a str>) -> String {
    cut_and_end(joined(table, columns), "_key")
}

pub(super) fn index<'a>(table: &str, columns: impl IntoIterator<Item = &'a str>) -> String {
    cut_and_end(joined(table, columns), "_idx")
}

pub(super) fn foreign_key<'a>(table: &str, columns: impl IntoIterator<Item = &'a str>) -> String {
    cut_and_end(joined(table, columns), "_fkey")
}

/// `_name`, at most 63 characters (not bytes) of it.
pub(crate) fn join_table(relation: &str) -> String {
    format!("_{relation}").chars().take(IDENTIFIER_BYTES_MAX).collect()
}

pub(super) fn join_key(table: &str) -> String {
    first_characters(table, JOIN_KEY)
}

pub(super) fn join_unique(table: &str) -> String {
    first_characters(table, JOIN_UNIQUE)
}

pub(super) fn join_index(table: &str) -> String {
    first_characters(table, JOIN_INDEX)
}

/// The foreign key of one side, `A` or `B`.
pub(super) fn join_foreign_key(table: &str, side: char) -> String {
    let end = format!("_{side}_fkey");
    format!("{}{end}", cut(table, IDENTIFIER_BYTES_MAX - end.len()))
}

fn joined<'a>(table: &str, columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = table.to_owned();
    for column in columns {
        out.push('_');
        out.push_str(column);
    }
    out
}

fn cut_and_end(mut name: String, end: &str) -> String {
    name.truncate(cut(&name, IDENTIFIER_BYTES_MAX - end.len()).len());
    name.push_str(end);
    name
}

/// The first bytes of a name that are whole characters.
fn cut(name: &str, bytes_max: usize) -> &str {
    let mut end = bytes_max.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// Prisma cuts the names of join tables by characters: theirs may be over 63 bytes, and PostgreSQL cuts again.
fn first_characters(table: &str, end: &str) -> String {
    let kept: String = table.chars().take(IDENTIFIER_BYTES_MAX - end.len()).collect();
    format!("{kept}{end}")
}
