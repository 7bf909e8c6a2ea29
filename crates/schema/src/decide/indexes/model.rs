//! Indexes of tables that a model declares.

use autobot_catalog::{Finding, IndexObject};
use autobot_db::{ColumnName, TableName};
use autobot_prisma::{Ddl, Index};

use super::ordinary;
use crate::ddl::NameRegistry;
use crate::decide::draft::TableDraft;
use crate::decide::primary_keys;
use crate::findings::{self as code, finding};

/// Everything that Prisma declares.
pub(super) fn indexes(ddl: Option<&Ddl>, relations: &mut NameRegistry) -> Vec<IndexObject> {
    let Some(ddl) = ddl else { return Vec::new() };
    let keys = ddl.tables.iter().filter_map(primary_keys::of_model);
    let objects: Vec<IndexObject> = keys.chain(ddl.indexes.iter().filter_map(declared)).collect();
    for object in &objects {
        relations.take(&object.name);
    }
    objects
}

fn declared(index: &Index) -> Option<IndexObject> {
    let columns: Option<Vec<ColumnName>> =
        index.columns.iter().map(|column| ColumnName::new(column.name.clone()).ok()).collect();
    Some(IndexObject {
        table: TableName::new(index.table.clone()).ok()?,
        name: index.name.clone(),
        sql: index.create().sql,
        constraint_sql: None,
        columns: columns?,
        unique: index.is_unique,
        primary: false,
    })
}

/// Indexes that the file has on a model's table and schema.prisma does not: they are kept, and that is said.
pub(super) fn only_in_file(
    table: &mut TableDraft<'_>,
    declared: &[IndexObject],
    relations: &mut NameRegistry,
    found: &mut Vec<Finding>,
) -> Vec<IndexObject> {
    let mut objects = Vec::new();
    for index in table.source.indexes.iter().filter(|index| index.origin == "c") {
        let columns: Option<Vec<ColumnName>> = index
            .columns
            .iter()
            .map(|column| Some(table.column(column.column.as_ref()?.as_str())?.map.target.clone()))
            .collect();
        let known = |other: &IndexObject| {
            other.table == table.target && other.unique == index.unique && Some(&other.columns) == columns.as_ref()
        };
        if index.predicate.is_none() && declared.iter().any(known) {
            continue;
        }
        if let Some(object) = ordinary::index(table, index, &[], relations, found) {
            let message = format!("index `{}` of `{}` is not in schema.prisma", index.name, table.source.name);
            found.push(
                finding(&code::ONLY_IN_FILE, message).table(&table.source.name).object(index.name.as_str()).done(),
            );
            objects.push(object);
        }
    }
    objects
}
