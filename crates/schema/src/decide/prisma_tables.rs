//! Tables as Prisma declares them for PostgreSQL, and where the file differs from them.

use autobot_catalog::{EpochUnit, Finding, Object, PgType, TableObject};
use autobot_db::{ColumnName, Name, TableName};
use autobot_prisma::{Arity, Column, ColumnType, Ddl, Schema, Table, postgres_ddl};

use super::draft::{ColumnDraft, Draft, TableDraft, TypedBy};
use crate::findings::{self as code, finding};
use crate::prisma::unprefixed;
use crate::typing::{is_temporal, parse_pg_type};

/// Prisma's DDL without the prefix `"public".`, so that it runs in any schema.
pub(super) fn ddl(draft: &mut Draft<'_>, schema: Option<&Schema>) -> Option<Ddl> {
    let schema = schema?;
    match postgres_ddl(schema, unprefixed(draft.options.flavor)) {
        Ok(ddl) => Some(ddl),
        Err(error) => {
            let found = finding(&code::PRISMA_REFUSED, error.to_string());
            let found = match error.hint() {
                Some(hint) => found.remedy(hint),
                None => found,
            };
            draft.findings.push(found.done());
            None
        }
    }
}

/// Gives a table the columns of its model, in the model's order; columns that only the file has follow.
pub(super) fn apply(ddl: &Ddl, table: &mut TableDraft<'_>, found: &mut Vec<Finding>) {
    let Some(model) = table.model.as_ref().and_then(|name| ddl.table(name)) else {
        let message = format!("table `{}` is not in schema.prisma; it goes over as well", table.source.name);
        found.push(finding(&code::ONLY_IN_FILE, message).table(&table.source.name).done());
        return;
    };
    if let Ok(name) = TableName::new(model.name.clone()) {
        table.target = name;
    }
    let mut rest = std::mem::take(&mut table.columns);
    for column in &model.columns {
        let at = rest.iter().position(|draft| draft.source.name.as_str().eq_ignore_ascii_case(&column.name));
        match at.map(|at| rest.remove(at)) {
            Some(mut draft) => {
                apply_column(ddl, column, table, &mut draft, found);
                table.columns.push(draft);
            }
            None => found.push(missing(table, column)),
        }
    }
    for column in &rest {
        let message = format!("column `{}`.`{}` is not in schema.prisma", table.source.name, column.source.name);
        let found_column = finding(&code::ONLY_IN_FILE, message).table(&table.source.name).column(&column.source.name);
        found.push(found_column.remedy("add it to schema.prisma (`prisma db pull`), or skip it by rule").done());
    }
    table.columns.append(&mut rest);
}

fn apply_column(
    ddl: &Ddl,
    column: &Column,
    table: &TableDraft<'_>,
    draft: &mut ColumnDraft<'_>,
    found: &mut Vec<Finding>,
) {
    let Some(target) = pg_type(ddl, column) else {
        let message = format!(
            "field `{}` of `{}` is `{}` in PostgreSQL, which no value of SQLite becomes",
            column.name,
            table.source.name,
            column.type_sql()
        );
        found.push(finding(&code::PRISMA_TYPE, message).table(&table.source.name).column(&draft.source.name).done());
        return;
    };
    if draft.typed_by == TypedBy::Rule && draft.map.target_type != target {
        let message = format!(
            "a rule makes `{}`.`{}` {}, schema.prisma makes it {target}",
            table.source.name, draft.source.name, draft.map.target_type
        );
        found.push(finding(&code::PRISMA_RULE, message).table(&table.source.name).column(&draft.source.name).done());
    }
    if let Ok(name) = ColumnName::new(column.name.clone()) {
        draft.map.target = name;
    }
    draft.map.unit = is_temporal(&target).then(|| draft.rule.unit.unwrap_or(EpochUnit::Milliseconds));
    draft.map.target_type = target;
    draft.map.not_null = column.is_not_null();
    draft.typed_by = TypedBy::Model;
    draft.unit_guessed = false;
}

fn pg_type(ddl: &Ddl, column: &Column) -> Option<PgType> {
    if column.arity == Arity::List {
        return None;
    }
    match &column.column_type {
        ColumnType::Native(text) => parse_pg_type(text),
        ColumnType::Enum { name, .. } => {
            let labels = ddl.enums.iter().find(|values| values.name == *name)?.values.clone();
            Some(PgType::Enum { name: Name::new(name.clone()).ok()?, labels })
        }
    }
}

/// A field that the file does not have.
fn missing(table: &TableDraft<'_>, column: &Column) -> Finding {
    let fills_itself = column.default.is_some() || column.is_autoincrement;
    let empty = table.rows() == Some(0);
    let code = if column.is_not_null() && !fills_itself && !empty {
        &code::REQUIRED_WITHOUT_VALUE
    } else {
        &code::ONLY_IN_PRISMA
    };
    let message = format!("field `{}` of `{}` is in schema.prisma and not in the file", column.name, table.source.name);
    finding(code, message).table(&table.source.name).object(column.name.clone()).done()
}

/// Enum types.
pub(super) fn types(draft: &Draft<'_>) -> Vec<Object> {
    let enums = draft.ddl.iter().flat_map(|ddl| &ddl.enums);
    enums
        .map(|values| Object { kind: "type".to_owned(), name: values.name.clone(), sql: values.create().sql })
        .collect()
}

/// Models without a table in the file: they are made, and stay empty.
pub(super) fn empty_tables(draft: &mut Draft<'_>) -> Vec<TableObject> {
    let Some(ddl) = &draft.ddl else { return Vec::new() };
    let absent = |model: &&Table| !draft.tables.iter().any(|table| table.model.as_deref() == Some(&model.name));
    let mut objects = Vec::new();
    let mut found = Vec::new();
    for model in ddl.tables.iter().filter(absent) {
        let Ok(table) = TableName::new(model.name.clone()) else { continue };
        let message = format!("model of table `{table}` is in schema.prisma and not in the file: it is created empty");
        found.push(finding(&code::ONLY_IN_PRISMA, message).object(model.name.clone()).done());
        draft.relations.take(table.as_str());
        objects.push(TableObject { table, sql: model.create_without_primary_key().sql });
    }
    draft.findings.append(&mut found);
    objects
}
