//! Texts too long for an index of PostgreSQL (hostile input 20).

use autobot_catalog::{Finding, Form, IndexObject, Seen, SourceIndex};
use autobot_db::ColumnName;

use crate::decide::draft::{ColumnDraft, TableDraft};
use crate::findings::{self as code, finding};

/// The largest entry of a B-tree: a third of a page (`BTMaxItemSize` in PostgreSQL's `nbtree.h`), less its header.
const ENTRY_BYTES_MAX: u64 = 2704 - 8;

/// How an index is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// A B-tree.
    Tree,
    /// A hash index, by rule.
    Hash,
}

/// How an index is made when its texts are long; none when it is left out. Refuses, unless a rule says otherwise.
pub(super) fn method(table: &TableDraft<'_>, index: &SourceIndex, found: &mut Vec<Finding>) -> Option<Method> {
    let columns: Vec<&ColumnDraft<'_>> =
        index.columns.iter().filter_map(|column| table.column(column.column.as_ref()?.as_str())).collect();
    let Some(long) = Long::find(table, index.name.as_str(), &columns) else { return Some(Method::Tree) };
    match long.longest.rule.long_index.as_deref() {
        Some("skip") => {
            found.push(long.finding(&code::INDEX_LEFT_OUT, "; left out by rule"));
            None
        }
        Some("hash") if columns.len() == 1 && !index.unique => {
            found.push(long.finding(&code::HASH_INDEX, "; a hash index by rule"));
            Some(Method::Hash)
        }
        Some(_) => {
            let why = "; a hash index is neither unique nor over several columns: left out by rule";
            found.push(long.finding(&code::INDEX_LEFT_OUT, why));
            None
        }
        None => {
            found.push(long.finding(&code::TOO_LONG_FOR_INDEX, ""));
            Some(Method::Tree)
        }
    }
}

/// Refuses a primary key, or an index that Prisma declares, whose texts are too long: no rule changes those.
pub(super) fn check(table: &TableDraft<'_>, object: &IndexObject, found: &mut Vec<Finding>) {
    let of_target = |name: &ColumnName| table.columns.iter().find(|column| column.map.target == *name);
    let columns: Vec<&ColumnDraft<'_>> = object.columns.iter().filter_map(of_target).collect();
    let tree = !object.sql.contains(" USING ");
    if let Some(long) = Long::find(table, &object.name, &columns).filter(|_| tree) {
        found.push(long.finding(&code::TOO_LONG_FOR_INDEX, ""));
    }
}

/// An index whose entries can be too long.
struct Long<'t, 'a> {
    table: &'t TableDraft<'a>,
    index: &'t str,
    longest: &'t ColumnDraft<'a>,
    bytes: u64,
}

impl<'t, 'a> Long<'t, 'a> {
    fn find(table: &'t TableDraft<'a>, index: &'t str, columns: &[&'t ColumnDraft<'a>]) -> Option<Self> {
        let bytes: u64 = columns.iter().map(|column| bytes_max(column)).sum();
        let longest = columns.iter().max_by_key(|column| bytes_max(column)).filter(|_| bytes > ENTRY_BYTES_MAX)?;
        Some(Self { table, index, longest, bytes })
    }

    fn finding(&self, code: &code::Code, ending: &str) -> Finding {
        let message = format!(
            "index `{}` of `{}` would hold entries of {} bytes, PostgreSQL takes {ENTRY_BYTES_MAX}{ending}",
            self.index, self.table.source.name, self.bytes
        );
        let place = self.longest.evidence.and_then(|evidence| evidence.longest.as_ref()).map(|(_, place)| place);
        let seen = Seen { count: 1, first: place.cloned().into_iter().collect() };
        let found = finding(code, message).table(&self.table.source.name).column(&self.longest.source.name);
        found.object(self.index).seen(&seen).done()
    }
}

/// The most bytes that a value of the column takes.
fn bytes_max(column: &ColumnDraft<'_>) -> u64 {
    const FIXED: u64 = 8;
    let texts = column.evidence.is_some_and(|evidence| {
        evidence
            .forms
            .iter()
            .any(|(form, seen)| seen.count > 0 && !matches!(form, Form::Null | Form::Integer | Form::IntegerBit))
    });
    let longest = column.evidence.and_then(|evidence| evidence.longest.as_ref()).map_or(0, |(bytes, _)| *bytes);
    if texts { longest.max(FIXED) } else { FIXED }
}
