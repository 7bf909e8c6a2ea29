//! What a correct copy does differently all the same, for the columns of this database, and how to get the old behaviour.

mod nulls;

use std::collections::BTreeSet;

use autobot_catalog::{Migration, PgType, SourceCatalog, TableMap};
use autobot_db::{ColumnName, SchemaName, TableName, TargetError};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::Error;

/// One difference of behaviour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BehaviourNote {
    /// Stable code: `like-case`, `sort-order`, `null-order`, `nocase`, `citext-fold`.
    pub code: String,
    /// The table.
    pub table: TableName,
    /// The columns that it concerns.
    pub columns: Vec<ColumnName>,
    /// What differs.
    pub text: String,
    /// SQL that keeps the old behaviour.
    pub remedy: String,
}

/// Finds the differences of behaviour of a copy in `schema`. The source's catalog, where it is at hand, tells of NOCASE.
pub async fn behaviour(
    session: &mut PgConnection,
    migration: &Migration,
    catalog: Option<&SourceCatalog>,
    schema: &SchemaName,
) -> Result<Vec<BehaviourNote>, Error> {
    let collation = collation(session).await?;
    let nulls = nulls::with_nulls(session, &migration.tables, schema).await?;
    let mut notes = Vec::new();
    for (at, table) in migration.tables.iter().enumerate() {
        notes.extend(like_case(table));
        notes.extend(collation.as_ref().and_then(|collation| sort_order(table, collation)));
        notes.extend(null_order(at, table, &nulls));
        notes.extend(nocase(table, catalog));
    }
    Ok(notes)
}

/// The collation of the database, where it sorts otherwise than by bytes.
async fn collation(session: &mut PgConnection) -> Result<Option<String>, Error> {
    let row = sqlx::query_scalar(include_str!("behaviour/collation.sql")).fetch_optional(session).await;
    Ok(row.map_err(TargetError::query("read the collation of the database"))?)
}

fn note(code: &str, table: &TableMap, columns: Vec<ColumnName>, text: &str, remedy: String) -> Option<BehaviourNote> {
    let (code, text, table) = (code.to_owned(), text.to_owned(), table.target.clone());
    (!columns.is_empty()).then_some(BehaviourNote { code, table, columns, text, remedy })
}

fn columns_of(table: &TableMap, wanted: impl Fn(&PgType) -> bool) -> Vec<ColumnName> {
    let columns = table.columns.iter().filter(|column| wanted(&column.target_type));
    columns.map(|column| column.target.clone()).collect()
}

fn is_text(kind: &PgType) -> bool {
    matches!(kind, PgType::Text | PgType::Varchar(_) | PgType::Char(_))
}

fn like_case(table: &TableMap) -> Option<BehaviourNote> {
    let columns = columns_of(table, is_text);
    let first = columns.first()?.quoted();
    let (name, index) = (table.target.quoted(), format!("create index on {} using gin", table.target.quoted()));
    note(
        "like-case",
        table,
        columns,
        "LIKE of SQLite takes a-z for A-Z; LIKE of PostgreSQL does not, ILIKE does (in Prisma: mode: 'insensitive')",
        format!(
            "select * from {name} where {first} ilike '%word%'; \
             -- and to make it quick: create extension if not exists pg_trgm; {index} ({first} gin_trgm_ops)"
        ),
    )
}

fn sort_order(table: &TableMap, collation: &str) -> Option<BehaviourNote> {
    let columns = columns_of(table, |kind| is_text(kind) || *kind == PgType::Citext);
    let first = columns.first()?.quoted();
    note(
        "sort-order",
        table,
        columns,
        &format!("SQLite sorts text by its bytes (all capitals first); this database sorts by collation {collation}"),
        format!("select * from {} order by {first} collate \"C\"", table.target.quoted()),
    )
}

/// Only columns that do hold NULLs.
fn null_order(at: usize, table: &TableMap, nulls: &BTreeSet<nulls::Place>) -> Option<BehaviourNote> {
    let columns = table.columns.iter().enumerate().filter(|(column, _)| nulls.contains(&(at, *column)));
    let columns: Vec<ColumnName> = columns.map(|(_, column)| column.target.clone()).collect();
    let first = columns.first()?.quoted();
    note(
        "null-order",
        table,
        columns,
        "ORDER BY of SQLite puts NULL first, that of PostgreSQL last (with DESC the other way round)",
        format!("select * from {} order by {first} nulls first", table.target.quoted()),
    )
}

fn nocase(table: &TableMap, catalog: Option<&SourceCatalog>) -> Vec<BehaviourNote> {
    let Some(source) = catalog.and_then(|catalog| catalog.table(table.source.as_str())) else { return Vec::new() };
    let blind = table.columns.iter().filter(|column| {
        let collation = source.column(column.source.as_str()).and_then(|column| column.collation.as_deref());
        collation.is_some_and(|collation| collation.eq_ignore_ascii_case("nocase"))
    });
    let (folded, plain): (Vec<_>, Vec<_>) = blind.partition(|column| column.target_type == PgType::Citext);
    let names =
        |columns: Vec<&autobot_catalog::ColumnMap>| columns.iter().map(|column| column.target.clone()).collect();
    let (folded, plain): (Vec<ColumnName>, Vec<ColumnName>) = (names(folded), names(plain));
    let (name, first) = (table.target.quoted(), plain.first().map(|name| name.quoted()).unwrap_or_default());
    let citext = note(
        "citext-fold",
        table,
        folded,
        "NOCASE of SQLite takes only a-z for A-Z; citext takes every letter for its capital (é for É)",
        "none needed, unless two values that differ in such a letter must both be allowed under a unique key"
            .to_owned(),
    );
    let equal = note(
        "nocase",
        table,
        plain,
        "the column is NOCASE in SQLite: comparing, sorting and GROUP BY ignore the case of a-z; here they do not",
        format!(
            "select * from {name} where lower({first}) = lower('Word') order by lower({first}); \
             -- and to make it quick: create index on {name} (lower({first}))"
        ),
    );
    citext.into_iter().chain(equal).collect()
}
