//! Views over plain SELECTs.

use autobot_db::Name;

use super::compare::{Asked, operands};
use super::expr::{as_truth, translate};
use super::scope::Scope;
use super::text_order::TextOrder;
use super::typed::{Collation, Kind, Typed};
use super::why::Why;
use crate::decide::TableDraft;
use crate::syntax::{Expr, Item, Joined, ParsedView, Select, parse_view};

/// The SELECT of a view in PostgreSQL's SQL; `find` gives the tables that it reads.
pub(crate) fn view<'t>(
    sql: &str,
    text_order: TextOrder,
    find: &dyn Fn(&str) -> Option<&'t TableDraft<'t>>,
) -> Result<String, Why> {
    let ParsedView { columns, select } = parse_view(sql).map_err(|error| Why(error.to_string()))?;
    let mut tables = Vec::new();
    for source in &select.sources {
        let table = find(&source.table);
        let table =
            table.ok_or_else(|| Why(format!("it reads `{}`, which is no table that goes over", source.table)))?;
        tables.push((source.alias.clone(), table));
    }
    let scope = Scope::of_tables(tables, text_order);
    let items = items(&select, &scope)?;
    let grouped = !select.groups.is_empty() || items.iter().any(|item| item.aggregate);
    let groups = groups(&select, &scope)?;
    check_items(&items, &groups, grouped, select.distinct)?;
    let mut text = format!("SELECT {}", if select.distinct { "DISTINCT " } else { "" });
    text.push_str(&listed(&items, &columns)?);
    text.push_str(&from(&select.sources, &scope)?);
    if let Some(filter) = &select.filter {
        text.push_str(&format!(" WHERE {}", plain_truth(filter, &scope)?));
    }
    if !groups.is_empty() {
        text.push_str(&format!(" GROUP BY {}", groups.join(", ")));
    }
    if let Some(having) = &select.having {
        text.push_str(&format!(" HAVING {}", as_truth(&value(having, &scope)?.0)?));
    }
    let order: Vec<String> = select
        .order
        .iter()
        .map(|(expr, descending)| ordered(expr, *descending, &items, &scope))
        .collect::<Result<_, _>>()?;
    if !order.is_empty() {
        text.push_str(&format!(" ORDER BY {}", order.join(", ")));
    }
    Ok(text)
}

/// One column of the view.
struct Given<'t> {
    value: Typed<'t>,
    name: String,
    aggregate: bool,
}

fn items<'t>(select: &Select, scope: &Scope<'t>) -> Result<Vec<Given<'t>>, Why> {
    let mut given = Vec::new();
    for item in &select.items {
        match item {
            Item::All(table) => {
                for (alias, name) in scope.all_columns(table.as_deref()) {
                    let expr = Expr::Column { table: Some(alias), name: name.clone(), double_quoted: false };
                    given.push(Given { value: translate(&expr, scope)?, name, aggregate: false });
                }
            }
            Item::One(expr, alias, text) => {
                let (value, aggregate) = value(expr, scope)?;
                let own = value.column.map(|column| column.source.name.as_str().to_owned());
                let name = alias.clone().or(own).unwrap_or_else(|| text.clone());
                given.push(Given { value, name, aggregate });
            }
        }
    }
    Ok(given)
}

/// An expression that may be an aggregate as a whole.
fn value<'t>(expr: &Expr, scope: &Scope<'t>) -> Result<(Typed<'t>, bool), Why> {
    match expr {
        Expr::Function { name, arguments, star, distinct } if is_aggregate(name, arguments) => {
            Ok((aggregate(name, arguments, *star, *distinct, scope)?, true))
        }
        Expr::Binary(operator, left, right) => {
            let ((left, one), (right, other)) = (value(left, scope)?, value(right, scope)?);
            if one || other {
                return Ok((super::compare::compare(*operator, &left, &right, scope)?, true));
            }
            translate(expr, scope).map(|value| (value, false))
        }
        _ => translate(expr, scope).map(|value| (value, false)),
    }
}

fn is_aggregate(name: &str, arguments: &[Expr]) -> bool {
    name == "count" || arguments.len() == 1 && ["sum", "min", "max", "avg", "total", "group_concat"].contains(&name)
}

fn aggregate<'t>(
    name: &str,
    arguments: &[Expr],
    star: bool,
    distinct: bool,
    scope: &Scope<'t>,
) -> Result<Typed<'t>, Why> {
    if name == "count" && (star || arguments.is_empty()) {
        return Ok(Typed::atom("count(*)", Kind::Int));
    }
    let [argument] = arguments else { return Err(Why::not_equal(format!("`{name}` of these arguments"))) };
    let argument = translate(argument, scope)?;
    let bytes = matches!(argument.collation, Collation::Unsaid | Collation::Binary);
    match (name, &argument.kind) {
        ("count", _) if bytes || !distinct => {
            Ok(Typed::atom(format!("count({}{})", if distinct { "DISTINCT " } else { "" }, argument.sql), Kind::Int))
        }
        ("sum", Kind::Int) if !distinct => Ok(Typed::atom(format!("sum({})::bigint", argument.sql), Kind::Int)),
        ("min" | "max", Kind::Int | Kind::Double) => {
            Ok(Typed::atom(format!("{name}({})", argument.sql), argument.kind.clone()))
        }
        ("min" | "max", Kind::Text) if bytes => {
            scope.text_order.translated()?;
            Ok(Typed::atom(format!("{name}({} COLLATE \"C\")", argument.operand()), Kind::Text))
        }
        _ => Err(Why::not_equal(format!("`{name}` of this type"))),
    }
}

fn groups(select: &Select, scope: &Scope<'_>) -> Result<Vec<String>, Why> {
    let group = |expr: &Expr| {
        let value = translate(expr, scope)?;
        let plain = value.column.is_some() && matches!(value.collation, Collation::Unsaid | Collation::Binary);
        if plain { Ok(value.sql) } else { Err(Why::not_equal("GROUP BY of something other than a plain column")) }
    };
    select.groups.iter().map(group).collect()
}

/// SQLite gives some row's value for a column that is not grouped; PostgreSQL refuses it.
fn check_items(items: &[Given<'_>], groups: &[String], grouped: bool, distinct: bool) -> Result<(), Why> {
    for item in items {
        let fixed = item.value.literal.is_some() || item.aggregate || groups.contains(&item.value.sql);
        if grouped && !fixed {
            return Err(Why(format!("`{}` is neither grouped nor an aggregate", item.name)));
        }
        if distinct && !matches!(item.value.collation, Collation::Unsaid | Collation::Binary) {
            return Err(Why::not_equal("DISTINCT of texts with a collation"));
        }
    }
    Ok(())
}

/// The items with their names; SQLite numbers a name that comes again.
fn listed(items: &[Given<'_>], columns: &[String]) -> Result<String, Why> {
    let mut names: Vec<String> = Vec::new();
    let mut list = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let wanted = columns.get(at).unwrap_or(&item.name);
        let mut name = wanted.clone();
        let mut number = 1;
        while names.iter().any(|taken| taken.eq_ignore_ascii_case(&name)) {
            name = format!("{wanted}:{number}");
            number += 1;
        }
        let quoted = Name::new(name.clone()).ok().filter(|name| !name.is_too_long());
        let quoted = quoted.ok_or_else(|| Why(format!("its column `{name}` has no name that PostgreSQL takes")))?;
        list.push(format!("{} AS {}", item.value.sql, quoted.quoted()));
        names.push(name);
    }
    Ok(list.join(", "))
}

fn from(sources: &[Joined], scope: &Scope<'_>) -> Result<String, Why> {
    let mut text = String::new();
    for (at, source) in sources.iter().enumerate() {
        let on = source.on.as_ref().map(|on| plain_truth(on, scope)).transpose()?;
        let (word, on) = match (at, source.left, on) {
            (0, ..) => (" FROM", String::new()),
            (_, true, Some(on)) => (" LEFT JOIN", format!(" ON {on}")),
            (_, true, None) => (" LEFT JOIN", " ON true".to_owned()),
            (_, false, Some(on)) => (" JOIN", format!(" ON {on}")),
            (_, false, None) => (" CROSS JOIN", String::new()),
        };
        text.push_str(&format!("{word} {}{on}", scope.source_sql(at)));
    }
    Ok(text)
}

fn plain_truth(expr: &Expr, scope: &Scope<'_>) -> Result<String, Why> {
    as_truth(&translate(expr, scope)?)
}

/// A key of ORDER BY: NULL first and texts by their bytes, as SQLite orders. The name of an item stands for the item.
fn ordered(expr: &Expr, descending: bool, items: &[Given<'_>], scope: &Scope<'_>) -> Result<String, Why> {
    let named = match expr {
        Expr::Column { table: None, name, .. } => items.iter().find(|item| item.name.eq_ignore_ascii_case(name)),
        Expr::Number(_) => return Err(Why::not_equal("ORDER BY of a number")),
        _ => None,
    };
    let value = match named {
        Some(item) => item.value.clone(),
        None => value(expr, scope)?.0,
    };
    let (sql, _) = match value.kind {
        Kind::Text => operands(&value, &value, Asked::Order(scope.text_order))?,
        Kind::Bool | Kind::Int | Kind::Double | Kind::Bytes => (value.operand(), String::new()),
        _ => return Err(Why::not_equal("ORDER BY of values of this type")),
    };
    Ok(format!("{sql} {}", if descending { "DESC NULLS LAST" } else { "ASC NULLS FIRST" }))
}
