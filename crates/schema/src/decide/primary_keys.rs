//! Primary keys.

use autobot_catalog::IndexObject;
use autobot_db::{ColumnName, TableName};
use autobot_prisma::Table;

use super::draft::TableDraft;
use crate::ddl::{NameRegistry, free_in_both};

/// A primary key over plain columns: an index first, made a key when it is finished.
pub(super) fn primary_key(table: &TableName, name: &str, columns: &[ColumnName]) -> IndexObject {
    let list = list(columns);
    let quoted = quoted(name);
    IndexObject {
        table: table.clone(),
        name: name.to_owned(),
        sql: format!("CREATE UNIQUE INDEX {quoted} ON {}({list})", table.quoted()),
        constraint_sql: Some(format!(
            "ALTER TABLE {} ADD CONSTRAINT {quoted} PRIMARY KEY USING INDEX {quoted}",
            table.quoted()
        )),
        columns: columns.to_vec(),
        unique: true,
        primary: true,
    }
}

/// The primary key of a table that no model declares.
pub(super) fn of_table(
    table: &mut TableDraft<'_>,
    relations: &mut NameRegistry,
    written: Option<&str>,
) -> Option<IndexObject> {
    let columns: Vec<ColumnName> = match &table.rule.surrogate_key {
        Some(name) => vec![ColumnName::new(name.clone()).ok()?],
        None if !table.keeps_primary_key() => return None,
        None => table.columns_of(&table.source.primary_key)?.iter().map(|column| column.map.target.clone()).collect(),
    };
    if columns.is_empty() {
        return None;
    }
    let wanted = written.map_or_else(|| format!("{}_pkey", table.target), str::to_owned);
    let name = free_in_both(relations, &mut table.constraints, &wanted);
    Some(primary_key(&table.target, &name, &columns))
}

/// The primary key that Prisma declares.
pub(super) fn of_model(model: &Table) -> Option<IndexObject> {
    let key = model.primary_key.as_ref()?;
    let columns: Option<Vec<ColumnName>> = key.columns.iter().map(|name| ColumnName::new(name.clone()).ok()).collect();
    Some(primary_key(&TableName::new(model.name.clone()).ok()?, &key.name, &columns?))
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) fn list(columns: &[ColumnName]) -> String {
    columns.iter().map(|column| column.quoted()).collect::<Vec<_>>().join(", ")
}
