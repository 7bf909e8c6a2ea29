//! Texts too long for an index of PostgreSQL (hostile input 20).

use autobot_catalog::{Finding, Form, Seen, SourceIndex};

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
    let bytes: u64 = columns.iter().map(|column| bytes_max(column)).sum();
    let longest = columns.iter().max_by_key(|column| bytes_max(column)).filter(|_| bytes > ENTRY_BYTES_MAX);
    let Some(longest) = longest else { return Some(Method::Tree) };
    let report = |code: &code::Code, message: String| {
        let (count, first) = longest
            .evidence
            .and_then(|evidence| evidence.longest.clone())
            .map_or((1, Vec::new()), |(_, place)| (1, vec![place]));
        finding(code, message)
            .table(&table.source.name)
            .column(&longest.source.name)
            .object(index.name.as_str())
            .seen(&Seen { count, first })
    };
    let what = format!(
        "index `{}` of `{}` would hold entries of {bytes} bytes, PostgreSQL takes {ENTRY_BYTES_MAX}",
        index.name, table.source.name
    );
    match longest.rule.long_index.as_deref() {
        Some("skip") => {
            found.push(report(&code::INDEX_LEFT_OUT, format!("{what}; left out by rule")).done());
            None
        }
        Some("hash") if columns.len() == 1 && !index.unique => Some(Method::Hash),
        Some(_) => {
            found.push(
                report(
                    &code::INDEX_LEFT_OUT,
                    format!("{what}; a hash index is neither unique nor over several columns: left out by rule"),
                )
                .done(),
            );
            None
        }
        None => {
            found.push(report(&code::TOO_LONG_FOR_INDEX, what).done());
            Some(Method::Tree)
        }
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
