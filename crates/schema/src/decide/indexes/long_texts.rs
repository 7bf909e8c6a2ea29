//! Texts too long for an index of PostgreSQL (hostile input 20).

use autobot_catalog::{Finding, Form, IndexObject, PgType, Seen, SourceIndex};
use autobot_db::{ColumnName, TableName};

use crate::decide::draft::{ColumnDraft, TableDraft};
use crate::decide::primary_keys::quoted;
use crate::findings::{self as code, Found, finding};

/// The largest entry of a B-tree: a third of a page (`BTMaxItemSize` in PostgreSQL's `nbtree.h`), less its header.
const ENTRY_BYTES_MAX: u64 = 2704 - 8;

/// How an index is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// A B-tree.
    Tree,
    /// A hash index, by rule.
    Hash,
    /// An exclusion constraint on a hash index, by rule: as strict as a unique index.
    Exclusion,
}

/// How an index is made when its texts are long; none when it is left out. Refuses, unless a rule says otherwise.
pub(super) fn method(table: &TableDraft<'_>, index: &SourceIndex, found: &mut Vec<Finding>) -> Option<Method> {
    let columns: Vec<&ColumnDraft<'_>> =
        index.columns.iter().filter_map(|column| table.column(column.column.as_ref()?.as_str())).collect();
    let all_plain = columns.len() == index.columns.len();
    let Some(long) = Long::find(table, index.name.as_str(), &columns) else { return Some(Method::Tree) };
    long.method(hashed(&columns, index.unique).filter(|_| all_plain), found)
}

/// A key or index over plain columns, as it is made when its texts are long; none when it is left out.
pub(super) fn made(table: &TableDraft<'_>, object: IndexObject, found: &mut Vec<Finding>) -> Option<IndexObject> {
    let of_target = |name: &ColumnName| table.columns.iter().find(|column| column.map.target == *name);
    let columns: Vec<&ColumnDraft<'_>> = object.columns.iter().filter_map(of_target).collect();
    let tree = !object.sql.contains(" USING ");
    let Some(long) = Long::find(table, &object.name, &columns).filter(|_| tree) else { return Some(object) };
    let keys: Vec<(String, PgType)> =
        columns.iter().map(|column| (column.map.target.quoted(), column.map.target_type.clone())).collect();
    let name = quoted(&object.name);
    let sql = match long.method(hashed(&columns, object.unique), found)? {
        Method::Tree => return Some(object),
        Method::Hash => format!("CREATE INDEX {name} ON {} USING hash ({})", object.table.quoted(), keys[0].0),
        Method::Exclusion => exclusion(&object.table, &name, &keys, None),
    };
    Some(IndexObject { sql, constraint_sql: None, primary: false, ..object })
}

/// True when a key over these columns is a B-tree, which a foreign key can refer to.
pub(in crate::decide) fn is_tree(table: &TableDraft<'_>, columns: &[&ColumnDraft<'_>]) -> bool {
    Long::find(table, "", columns).is_none()
}

/// What `long_index = "hash"` makes of an index; none where nothing of that kind does the same.
fn hashed(columns: &[&ColumnDraft<'_>], unique: bool) -> Option<Method> {
    match columns {
        [_] if !unique => Some(Method::Hash),
        [_] => Some(Method::Exclusion),
        several if unique && several.iter().all(|column| is_plain_text(&column.map.target_type)) => {
            Some(Method::Exclusion)
        }
        _ => None,
    }
}

/// A type of which every value is one text whatever the settings of a session, so that a list of texts stands for a key
/// of several columns.
fn is_plain_text(target: &PgType) -> bool {
    matches!(
        target,
        PgType::Text | PgType::Varchar(_) | PgType::SmallInt | PgType::Integer | PgType::BigInt | PgType::Uuid
    )
}

/// A constraint by which no two rows have equal keys: a hash index compares whole values, however long. Rows with NULL
/// are let in, as by a unique index.
pub(super) fn exclusion(
    table: &TableName,
    quoted_name: &str,
    keys: &[(String, PgType)],
    predicate: Option<&str>,
) -> String {
    let (key, present) = match keys {
        [(only, _)] => (only.clone(), None),
        several => {
            let texts = several.iter().map(|(key, _)| format!("({key})::text")).collect::<Vec<_>>().join(", ");
            let present = several.iter().map(|(key, _)| format!("{key} IS NOT NULL")).collect::<Vec<_>>().join(" AND ");
            (format!("(ARRAY[{texts}])"), Some(present))
        }
    };
    let conditions: Vec<&str> = present.as_deref().into_iter().chain(predicate).collect();
    let only = if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE ({})", conditions.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" AND "))
    };
    format!("ALTER TABLE {} ADD CONSTRAINT {quoted_name} EXCLUDE USING hash ({key} WITH =){only}", table.quoted())
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

    /// How the index is made, by the rule of its longest column; `hashed` is what can be made of it by `hash`.
    fn method(&self, hashed: Option<Method>, found: &mut Vec<Finding>) -> Option<Method> {
        let by_hash = match hashed {
            Some(Method::Exclusion) => {
                "; an exclusion constraint on a hash index keeps its values distinct, by rule: `ON CONFLICT` does not \
                 find it by its columns"
            }
            _ => "; a hash index by rule",
        };
        match (self.longest.rule.long_index.as_deref(), hashed) {
            (None, _) => {
                let ways = hashed.map(|_| "hash").into_iter().chain(["skip"]);
                let rules = ways.map(|way| vec![("long_index", way.to_owned())]).collect();
                found.push(self.found(&code::TOO_LONG_FOR_INDEX, "").allowed_by(rules).done());
                Some(Method::Tree)
            }
            (Some("hash"), Some(method)) => {
                found.push(self.found(&code::HASH_INDEX, by_hash).done());
                Some(method)
            }
            (Some("skip"), _) => {
                found.push(self.found(&code::INDEX_LEFT_OUT, "; left out by rule").done());
                None
            }
            (Some(_), _) => {
                let why = "; a hash index is not over several columns: left out by rule";
                found.push(self.found(&code::INDEX_LEFT_OUT, why).done());
                None
            }
        }
    }

    fn found(&self, code: &code::Code, ending: &str) -> Found {
        let message = format!(
            "index `{}` of `{}` would hold entries of {} bytes, PostgreSQL takes {ENTRY_BYTES_MAX}{ending}",
            self.index, self.table.source.name, self.bytes
        );
        let place = self.longest.evidence.and_then(|evidence| evidence.longest.as_ref()).map(|(_, place)| place);
        let seen = Seen { count: 1, first: place.cloned().into_iter().collect() };
        finding(code, message)
            .table(&self.table.source.name)
            .column(&self.longest.source.name)
            .object(self.index)
            .seen(&seen)
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
