//! Primary keys, unique keys and indexes.

mod additional;
pub(super) mod long_texts;
mod model;
mod ordinary;

use autobot_catalog::{Finding, IndexObject, SourceIndex};

use super::draft::{Draft, TableDraft};
use super::primary_keys;
use crate::ddl::NameRegistry;
use crate::findings::{Code, finding};
use crate::syntax::parse_table;

/// All keys and indexes of the target.
pub(super) fn decide(draft: &mut Draft<'_>) -> Vec<IndexObject> {
    let mut found = Vec::new();
    let mut relations = std::mem::take(&mut draft.relations);
    let mut objects = model::indexes(draft.ddl.as_ref(), &mut relations);
    for table in &mut draft.tables {
        let of_table = match table.model {
            Some(_) => model::only_in_file(table, &objects, &mut relations, &mut found),
            None => of_ordinary(table, &mut relations, &mut found),
        };
        objects.extend(of_table);
    }
    for wanted in &draft.options.additional_indexes {
        objects.extend(additional::index(draft, wanted, &objects, &mut relations));
    }
    let long = |object: IndexObject| {
        let table = draft.tables.iter().find(|table| table.target == object.table);
        match table.filter(|table| object.primary || table.model.is_some()) {
            Some(table) => long_texts::made(table, object, &mut found),
            None => Some(object),
        }
    };
    let objects = objects.into_iter().filter_map(long).collect();
    draft.relations = relations;
    draft.findings.append(&mut found);
    objects
}

/// The keys and indexes of a table that no model declares.
fn of_ordinary(table: &mut TableDraft<'_>, relations: &mut NameRegistry, found: &mut Vec<Finding>) -> Vec<IndexObject> {
    let named = parse_table(&table.source.sql).map(|parsed| parsed.named_keys).unwrap_or_default();
    let key_name = named.iter().find(|(_, columns)| same(columns, &table.source.primary_key));
    let mut objects: Vec<IndexObject> = Vec::new();
    objects.extend(primary_keys::of_table(table, relations, key_name.map(|(name, _)| name.as_str())));
    for index in &table.source.indexes {
        objects.extend(ordinary::index(table, index, &named, relations, found));
    }
    objects
}

fn same(written: &[String], columns: &[autobot_db::ColumnName]) -> bool {
    written.len() == columns.len()
        && written.iter().zip(columns).all(|(one, other)| one.eq_ignore_ascii_case(other.as_str()))
}

/// An index that is left out, with its SQL.
fn left_out(code: &Code, table: &TableDraft<'_>, index: &SourceIndex, why: &str) -> Finding {
    let sql = index.sql.as_deref().unwrap_or("a constraint of the table");
    let message = format!("index `{}` of `{}` is left out: {why}; {sql}", index.name, table.source.name);
    finding(code, message).table(&table.source.name).object(index.name.as_str()).done()
}
