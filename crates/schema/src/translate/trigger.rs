//! Triggers that follow a row and whose statements are plain.
//!
//! SQLite runs them after each row, PostgreSQL after the statement; SQLite lets no trigger set itself off, PostgreSQL does.
//! Only what comes to the same either way is translated.

use autobot_catalog::TableKind;
use autobot_db::quote_literal;

use super::default::{constant_of, default};
use super::expr::{translate, truth, truth_word};
use super::scope::Scope;
use super::why::Why;
use crate::decide::{ColumnDraft, TableDraft};
use crate::syntax::{Event, Expr, ParsedTrigger, Statement, parse_trigger};

/// A trigger in PostgreSQL's SQL.
pub(crate) struct Trigger {
    /// `CREATE FUNCTION …`.
    pub(crate) function: String,
    /// `CREATE TRIGGER …`.
    pub(crate) trigger: String,
}

/// What a trigger is translated among.
pub(crate) struct Surroundings<'s, 't> {
    /// The tables that go over, by their names in the source.
    pub(crate) find: &'s dyn Fn(&str) -> Option<&'t TableDraft<'t>>,
    /// The tables that other triggers of the source are on.
    pub(crate) triggered: &'s [&'s str],
    /// The table is the child, and it is the parent, of a foreign key that acts.
    pub(crate) acted_on: &'s dyn Fn(&TableDraft<'_>) -> bool,
}

/// Translates a trigger; `name` and `function` are its quoted names in the target.
pub(crate) fn trigger(sql: &str, (name, function): (&str, &str), among: &Surroundings<'_, '_>) -> Result<Trigger, Why> {
    let parsed = parse_trigger(sql).map_err(|error| Why(error.to_string()))?;
    let table = table_of(&parsed.table, among)?;
    let mut body = String::new();
    let mut guarded = false;
    for statement in &parsed.statements {
        let written = table_of(written(statement), among)?;
        if among.triggered.iter().any(|other| written.source.name.as_str().eq_ignore_ascii_case(other)) {
            return Err(Why(format!("it writes `{}`, which has triggers too", written.source.name)));
        }
        let itself = written.source.name == table.source.name;
        if parsed.event == Event::Delete && !matches!(statement, Statement::Insert { .. }) {
            return Err(Why::not_equal("when a foreign key is looked at while rows are deleted,"));
        }
        guarded |= itself && sets_itself_off(&parsed, statement);
        body.push_str(&format!(" {};", made(statement, written, &scope(&parsed, table, Some(written)))?));
    }
    if guarded && (among.acted_on)(table) {
        return Err(Why(format!("foreign keys change rows of `{}` by themselves", table.source.name)));
    }
    let columns = parsed.columns.iter().map(|name| column(table, name).map(|column| column.map.target.quoted()));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let of = if columns.is_empty() { String::new() } else { format!(" OF {}", columns.join(", ")) };
    let when = parsed.when.as_ref().map(|when| truth(when, &scope(&parsed, table, None))).transpose()?;
    let conditions: Vec<String> =
        guarded.then(|| "pg_trigger_depth() = 0".to_owned()).into_iter().chain(when).collect();
    let when = if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHEN ({})", conditions.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" AND "))
    };
    let event = match parsed.event {
        Event::Insert => "INSERT",
        Event::Update => "UPDATE",
        Event::Delete => "DELETE",
    };
    Ok(Trigger {
        function: format!(
            "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {}",
            quote_literal(&format!("BEGIN{body} RETURN NULL; END"))
        ),
        trigger: format!(
            "CREATE TRIGGER {name} AFTER {event}{of} ON {} FOR EACH ROW{when} EXECUTE FUNCTION {function}()",
            table.target.quoted()
        ),
    })
}

fn written(statement: &Statement) -> &str {
    match statement {
        Statement::Insert { table, .. } | Statement::Update { table, .. } | Statement::Delete { table, .. } => table,
    }
}

fn table_of<'t>(name: &str, among: &Surroundings<'_, 't>) -> Result<&'t TableDraft<'t>, Why> {
    let table = (among.find)(name).ok_or_else(|| Why(format!("`{name}` is no table that goes over")))?;
    if matches!(table.source.kind, TableKind::Virtual { .. }) || is_old_or_new(name) {
        return Err(Why(format!("`{name}` is no plain table")));
    }
    Ok(table)
}

fn is_old_or_new(name: &str) -> bool {
    ["old", "new"].iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// The row before, the row after, and the table that a statement writes.
fn scope<'t>(parsed: &ParsedTrigger, table: &'t TableDraft<'t>, written: Option<&'t TableDraft<'t>>) -> Scope<'t> {
    let rows: &[&str] = match parsed.event {
        Event::Insert => &["new"],
        Event::Update => &["new", "old"],
        Event::Delete => &["old"],
    };
    let rows = rows.iter().map(|row| ((*row).to_owned(), table)).collect();
    Scope::of_trigger(rows, written.map(|table| (table.source.name.as_str().to_owned(), table)), table.text_order)
}

/// True when the statement would set the trigger off again.
fn sets_itself_off(parsed: &ParsedTrigger, statement: &Statement) -> bool {
    match (parsed.event, statement) {
        (Event::Update, Statement::Update { sets, .. }) => {
            let named = |column: &String| sets.iter().any(|(set, _)| set.eq_ignore_ascii_case(column));
            parsed.columns.is_empty() || parsed.columns.iter().any(named)
        }
        (Event::Insert, Statement::Insert { .. }) | (Event::Delete, Statement::Delete { .. }) => true,
        _ => false,
    }
}

fn made<'t>(statement: &Statement, table: &'t TableDraft<'t>, scope: &Scope<'t>) -> Result<String, Why> {
    let target = table.target.quoted();
    let alias = format!("\"{}\"", table.source.name.as_str().replace('"', "\"\""));
    let only = |filter: &Option<Expr>| {
        let condition = filter.as_ref().map(|filter| truth(filter, scope)).transpose()?;
        Ok::<_, Why>(condition.map_or_else(String::new, |condition| format!(" WHERE {condition}")))
    };
    match statement {
        Statement::Delete { filter, .. } => Ok(format!("DELETE FROM {target} AS {alias}{}", only(filter)?)),
        Statement::Update { sets, filter, .. } => {
            let set = |(name, expr): &(String, Expr)| {
                let column = column(table, name)?;
                Ok(format!("{} = {}", column.map.target.quoted(), value(expr, column, scope)?))
            };
            let sets = sets.iter().map(set).collect::<Result<Vec<String>, Why>>()?;
            Ok(format!("UPDATE {target} AS {alias} SET {}{}", sets.join(", "), only(filter)?))
        }
        Statement::Insert { columns, values, .. } => insert(table, columns, values, scope),
    }
}

fn insert<'t>(
    table: &'t TableDraft<'t>,
    columns: &[String],
    values: &[Expr],
    scope: &Scope<'t>,
) -> Result<String, Why> {
    if columns.len() != values.len() {
        return Err(Why("its INSERT has another number of values than of columns".to_owned()));
    }
    let mut names = Vec::new();
    let mut given = Vec::new();
    for (name, expr) in columns.iter().zip(values) {
        let column = column(table, name)?;
        if *expr == Expr::Null && table.source.rowid_alias.as_ref() == Some(&column.source.name) {
            // NULL for the rowid is the next one.
            continue;
        }
        names.push(column.map.target.quoted());
        given.push(value(expr, column, scope)?);
    }
    // What the INSERT leaves out is filled in by a default, which must be there.
    for column in &table.columns {
        let is_given = columns.iter().any(|name| name.eq_ignore_ascii_case(column.source.name.as_str()));
        if let Some(text) = column.source.default.as_ref().filter(|_| !is_given) {
            default(text, column, table.text_order)?;
        }
    }
    Ok(format!("INSERT INTO {} ({}) VALUES ({})", table.target.quoted(), names.join(", "), given.join(", ")))
}

fn column<'t>(table: &'t TableDraft<'t>, name: &str) -> Result<&'t ColumnDraft<'t>, Why> {
    let column = table.column(name).filter(|column| column.source.generated.is_none());
    column.ok_or_else(|| Why(format!("`{}` has no such column `{name}` that goes over", table.source.name)))
}

/// The value that a column gets.
fn value<'t>(expr: &Expr, column: &'t ColumnDraft<'t>, scope: &Scope<'t>) -> Result<String, Why> {
    if let Expr::Truth(value) = expr
        && scope.find(None, truth_word(*value))?.is_some()
    {
        return Err(Why("it may name a column or a truth value".to_owned()));
    }
    if let Some(constant) = constant_of(expr, column) {
        return constant.map(|constant| constant.unwrap_or_else(|| "NULL".to_owned()));
    }
    let typed = translate(expr, scope)?;
    let same = typed.column.is_some_and(|from| {
        from.map.target_type == column.map.target_type && from.source.affinity == column.source.affinity
    });
    if same { Ok(typed.sql) } else { super::assign::assigned(typed, column) }
}
