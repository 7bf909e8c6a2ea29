use std::collections::BTreeMap;

use autobot_db::{TableName, TargetError};
use sqlx::{PgConnection, Row};

use crate::{Error, SchemaDifference};

/// What is said where something is not there.
const NOTHING: &str = "nothing";

/// By table: kind and name of each part, and what it is.
pub(super) type Definitions = BTreeMap<String, BTreeMap<(String, String), String>>;

/// Describes the tables of one schema, or of several that make one up.
pub(super) async fn definitions(session: &mut PgConnection, schemas: &[&str]) -> Result<Definitions, Error> {
    let rows = sqlx::query(include_str!("sql/definitions.sql")).bind(schemas).fetch_all(session).await;
    let mut definitions = Definitions::new();
    for row in rows.map_err(TargetError::query(format!("read the definitions of schema `{}`", schemas.join("`, `"))))? {
        let parts = definitions.entry(row.get(0)).or_default();
        parts.insert((row.get(1), row.get(2)), row.get(3));
    }
    Ok(definitions)
}

/// Says what differs in one table.
pub(super) fn compare(
    table: &TableName,
    expected: &Definitions,
    found: &Definitions,
    differences: &mut Vec<SchemaDifference>,
) {
    let nothing = BTreeMap::new();
    let expected = expected.get(table.as_str()).unwrap_or(&nothing);
    let mut differs = |object: String, expected: &str, found: &str| {
        let (expected, found) = (expected.to_owned(), found.to_owned());
        differences.push(SchemaDifference { table: table.clone(), object, expected, found });
    };
    let is_view = expected.keys().any(|(kind, _)| kind == "view");
    let found = match found.get(table.as_str()) {
        Some(found) => found,
        None if is_view => &nothing,
        None => return differs("table".to_owned(), &format!("{} columns, keys and indexes", expected.len()), NOTHING),
    };
    for ((kind, name), definition) in expected {
        match found.get(&(kind.clone(), name.clone())) {
            Some(other) if other == definition => {}
            other => differs(format!("{kind} `{name}`"), definition, other.map_or(NOTHING, |text| text)),
        }
    }
    for ((kind, name), definition) in found {
        if !expected.contains_key(&(kind.clone(), name.clone())) {
            differs(format!("{kind} `{name}`"), NOTHING, definition);
        }
    }
}
