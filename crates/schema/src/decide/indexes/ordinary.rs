use autobot_catalog::{Finding, IndexObject, PgType, SourceIndex, SourceIndexColumn};
use autobot_db::ColumnName;

use super::long_texts::{self, Method};
use super::{left_out, same};
use crate::ddl::{NameRegistry, free_in_both};
use crate::decide::draft::TableDraft;
use crate::decide::keys::is_built_in;
use crate::decide::primary_keys::quoted;
use crate::findings::{self as code, finding};
use crate::translate::{Scope, condition, value};

/// One key column in PostgreSQL's SQL.
struct KeyColumn {
    sql: String,
    /// Without its order.
    key: String,
    /// Set when it is a plain column.
    column: Option<ColumnName>,
    /// The type of the values that are compared; of an expression text, where it is asked for.
    target: PgType,
}

/// An index of the source, as PostgreSQL has it; none, with a finding, when it cannot be the same.
pub(super) fn index(
    table: &mut TableDraft<'_>,
    index: &SourceIndex,
    named: &[(String, Vec<String>)],
    relations: &mut NameRegistry,
    found: &mut Vec<Finding>,
) -> Option<IndexObject> {
    let plain_key = index.columns.iter().all(|column| folding(table, column) == Folding::None);
    if index.origin == "pk" && plain_key && table.keeps_primary_key() {
        return None;
    }
    let predicate = match predicate(table, index) {
        Ok(predicate) => predicate,
        Err(why) => {
            found.push(left_out(&code::PARTIAL_INDEX, table, index, &why));
            return None;
        }
    };
    let columns: Result<Vec<KeyColumn>, String> =
        index.columns.iter().map(|column| key_column(table, column)).collect();
    let columns = match columns {
        Ok(columns) => columns,
        Err(why) => {
            found.push(left_out(&code::EXPRESSION_INDEX, table, index, &why));
            return None;
        }
    };
    note_collations(table, index, found);
    let name = name(table, index, &columns, named, relations, found);
    let long = long_texts::method(table, index, found)?;
    Some(object(table, index, &columns, predicate.as_deref(), &name, long))
}

fn object(
    table: &TableDraft<'_>,
    index: &SourceIndex,
    columns: &[KeyColumn],
    predicate: Option<&str>,
    name: &str,
    method: Method,
) -> IndexObject {
    let quoted_name = quoted(name);
    let list = columns.iter().map(|column| column.sql.as_str()).collect::<Vec<_>>().join(", ");
    let plain: Option<Vec<ColumnName>> = columns.iter().map(|column| column.column.clone()).collect();
    let is_constraint = index.origin == "u" && plain.is_some() && predicate.is_none() && method == Method::Tree;
    let target = table.target.quoted();
    let only = predicate.map_or_else(String::new, |predicate| format!(" WHERE {predicate}"));
    let unique = if index.unique { "UNIQUE " } else { "" };
    let sql = match method {
        Method::Tree => format!("CREATE {unique}INDEX {quoted_name} ON {target}({list}){only}"),
        Method::Hash => format!("CREATE INDEX {quoted_name} ON {target} USING hash ({list}){only}"),
        Method::Exclusion => {
            let keys: Vec<_> = columns.iter().map(|column| (column.key.clone(), column.target.clone())).collect();
            long_texts::exclusion(&table.target, &quoted_name, &keys, predicate)
        }
    };
    IndexObject {
        table: table.target.clone(),
        name: name.to_owned(),
        sql,
        constraint_sql: is_constraint
            .then(|| format!("ALTER TABLE {target} ADD CONSTRAINT {quoted_name} UNIQUE USING INDEX {quoted_name}")),
        columns: plain.unwrap_or_default(),
        unique: index.unique,
        primary: false,
    }
}

fn predicate(table: &TableDraft<'_>, index: &SourceIndex) -> Result<Option<String>, String> {
    let partial = index.sql.as_deref().is_some_and(|sql| crate::syntax::parse_index(sql).is_err());
    if partial {
        return Err("its SQL is not understood".to_owned());
    }
    let Some(text) = &index.predicate else { return Ok(None) };
    condition(text, &Scope::of(table)).map(Some).map_err(|why| why.to_string())
}

/// What a collation makes of a text before it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folding {
    /// Nothing: its bytes.
    None,
    /// ASCII letters lose their case.
    Case,
    /// Blanks at the end are cut.
    Blanks,
}

fn folding(table: &TableDraft<'_>, column: &SourceIndexColumn) -> Folding {
    let text = column
        .column
        .as_ref()
        .and_then(|name| table.column(name.as_str()))
        .is_none_or(|column| matches!(column.map.target_type, PgType::Text | PgType::Varchar(_) | PgType::Char(_)));
    match column.collation.to_ascii_uppercase().as_str() {
        "NOCASE" if text => Folding::Case,
        "RTRIM" if text => Folding::Blanks,
        _ => Folding::None,
    }
}

fn key_column(table: &TableDraft<'_>, column: &SourceIndexColumn) -> Result<KeyColumn, String> {
    let order = if column.descending { " DESC" } else { "" };
    let (sql, name, target) = if let Some(name) = &column.column {
        let draft = table.column(name.as_str()).ok_or_else(|| format!("column `{name}` does not go over"))?;
        if draft.map.target_type == PgType::Json {
            return Err(format!("PostgreSQL does not compare `json`, which column `{name}` becomes"));
        }
        (draft.map.target.quoted(), Some(draft.map.target.clone()), draft.map.target_type.clone())
    } else {
        let text = column.expression.as_deref().unwrap_or_default();
        (format!("({})", value(text, &Scope::of(table)).map_err(|why| why.to_string())?), None, PgType::Text)
    };
    // The collation "C" folds ASCII letters only, which is what NOCASE does.
    let (key, column) = match folding(table, column) {
        Folding::None => (sql, name),
        Folding::Case => (format!("lower({sql} COLLATE \"C\")"), None),
        Folding::Blanks => (format!("rtrim({sql}, ' ')"), None),
    };
    Ok(KeyColumn { sql: format!("{key}{order}"), key, column, target })
}

fn note_collations(table: &TableDraft<'_>, index: &SourceIndex, found: &mut Vec<Finding>) {
    let foreign = index.columns.iter().find(|column| !is_built_in(&column.collation));
    if let Some(column) = foreign {
        let message = format!(
            "index `{}` of `{}` compares by `{}`, a collation of the application; it is kept in its binary form",
            index.name, table.source.name, column.collation
        );
        found.push(finding(&code::KEY_COLLATION, message).table(&table.source.name).object(index.name.as_str()).done());
    }
}

/// The name of an index: its own; for a constraint its own, or PostgreSQL's way of naming them.
fn name(
    table: &mut TableDraft<'_>,
    index: &SourceIndex,
    columns: &[KeyColumn],
    named: &[(String, Vec<String>)],
    relations: &mut NameRegistry,
    found: &mut Vec<Finding>,
) -> String {
    if index.origin == "c" {
        let name = relations.free(index.name.as_str());
        if name != index.name.as_str() {
            let message = format!("index `{}` of `{}` becomes `{name}`", index.name, table.source.name);
            found.push(
                finding(&code::NAME_CHANGED, message).table(&table.source.name).object(index.name.as_str()).done(),
            );
        }
        return name;
    }
    let sources: Vec<ColumnName> = index.columns.iter().filter_map(|column| column.column.clone()).collect();
    let written = named.iter().find(|(_, names)| same(names, &sources)).map(|(name, _)| name.clone());
    let parts: Vec<&str> =
        columns.iter().map(|column| column.column.as_ref().map_or("expr", |name| name.as_str())).collect();
    let wanted = written.unwrap_or_else(|| format!("{}_{}_key", table.target, parts.join("_")));
    free_in_both(relations, &mut table.constraints, &wanted)
}
