//! The `CREATE TABLE` statements.

use autobot_catalog::{Finding, PgType, TableObject};
use autobot_db::ColumnName;
use autobot_prisma::Ddl;

use super::draft::{ColumnDraft, Draft, TableDraft, TypedBy};
use super::{expressions, prisma_tables};
use crate::ddl::{ColumnSql, Identity, NameRegistry, check_sql, column_sql, table_sql};

/// Extensions that the types need.
pub(super) fn extensions(draft: &Draft<'_>) -> Vec<String> {
    let columns = || draft.tables.iter().flat_map(|table| &table.columns);
    let citext = columns().any(|column| column.map.target_type == PgType::Citext).then(|| "citext".to_owned());
    let declared = draft.ddl.iter().flat_map(|ddl| &ddl.extensions).map(|extension| extension.name.clone());
    let mut names: Vec<String> = citext.into_iter().chain(declared).collect();
    names.sort();
    names.dedup();
    names
}

/// All tables without their keys.
pub(super) fn tables(draft: &mut Draft<'_>) -> Vec<TableObject> {
    let mut objects = Vec::new();
    let mut found = Vec::new();
    for at in 0..draft.tables.len() {
        let checks = expressions::checks(&mut draft.tables[at], &mut found);
        let table = &draft.tables[at];
        let model = table.model.as_ref().and_then(|name| draft.ddl.as_ref()?.table(name));
        let sql = match model {
            Some(model) => {
                let mut lines = extra_columns(table, &mut found);
                lines.extend(checks.iter().map(|(name, condition)| check_sql(name, condition)));
                with_lines(&model.create_without_primary_key().sql, &lines)
            }
            None => ordinary(table, &checks, &mut draft.relations, &mut found),
        };
        objects.push(TableObject { table: table.target.clone(), sql });
    }
    draft.findings.append(&mut found);
    objects.append(&mut prisma_tables::empty_tables(draft));
    objects
}

/// The column that counts by itself in the target.
pub(super) fn counting_column<'t, 'a>(ddl: Option<&Ddl>, table: &'t TableDraft<'a>) -> Option<&'t ColumnDraft<'a>> {
    if let Some(model) = table.model.as_ref().and_then(|name| ddl?.table(name)) {
        let counting = model.columns.iter().find(|column| column.is_autoincrement)?;
        return table.columns.iter().find(|column| column.map.target.as_str() == counting.name);
    }
    let column = table.column(table.source.rowid_alias.as_ref()?.as_str())?;
    matches!(column.map.target_type, PgType::SmallInt | PgType::Integer | PgType::BigInt).then_some(column)
}

fn ordinary(
    table: &TableDraft<'_>,
    checks: &[(String, String)],
    relations: &mut NameRegistry,
    found: &mut Vec<Finding>,
) -> String {
    let counting = counting_column(None, table).map(|column| column.map.source.clone());
    let mut columns: Vec<(ColumnName, ColumnSql)> = Vec::new();
    if let Some(name) = table.rule.surrogate_key.as_ref().and_then(|name| ColumnName::new(name.clone()).ok()) {
        let identity = Some(Identity::Always);
        let column =
            ColumnSql { type_sql: PgType::BigInt.to_string(), not_null: true, identity, ..ColumnSql::default() };
        columns.push((name, column));
    }
    for column in &table.columns {
        let mut sql = definition(column);
        if counting.as_ref() == Some(&column.map.source) {
            sql.identity = Some(identity(table, column, relations));
        } else {
            sql.default = expressions::default(table, column, found);
        }
        columns.push((column.map.target.clone(), sql));
    }
    table_sql(&table.target, &columns, checks)
}

/// PostgreSQL names the sequence itself, unless that name is another table's.
fn identity(table: &TableDraft<'_>, column: &ColumnDraft<'_>, relations: &mut NameRegistry) -> Identity {
    let usual = format!("{}_{}_seq", table.target, column.map.target);
    let name = relations.free(&usual);
    if name == usual || usual.len() > autobot_db::Name::MAX_BYTES {
        Identity::ByDefault
    } else {
        Identity::ByDefaultNamed(name)
    }
}

fn definition(column: &ColumnDraft<'_>) -> ColumnSql {
    ColumnSql {
        type_sql: column.map.target_type.to_string(),
        not_null: column.map.not_null,
        default: None,
        identity: None,
        generated: column.generated_sql.clone(),
    }
}

/// Definitions of the columns that only the file has.
fn extra_columns(table: &TableDraft<'_>, found: &mut Vec<Finding>) -> Vec<String> {
    let extra = table.columns.iter().filter(|column| column.typed_by != TypedBy::Model);
    let sql = |column: &ColumnDraft<'_>| {
        let definition = ColumnSql { default: expressions::default(table, column, found), ..definition(column) };
        column_sql(&column.map.target, &definition)
    };
    extra.map(sql).collect()
}

/// Prisma's statement with more lines before its last bracket.
fn with_lines(sql: &str, lines: &[String]) -> String {
    let Some(open) = sql.strip_suffix("\n)") else { return sql.to_owned() };
    let all = std::iter::once(open.to_owned()).chain(lines.iter().map(|line| format!("    {line}")));
    format!("{}\n)", all.collect::<Vec<_>>().join(",\n"))
}
