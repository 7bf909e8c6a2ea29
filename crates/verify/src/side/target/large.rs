use autobot_catalog::{ColumnMap, PgType, TableMap};
use autobot_db::{QualifiedName, TargetError, quote_literal};
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::Error;
use crate::canonical::LARGE_BYTES;

/// Columns of the table that hold values of more than [`LARGE_BYTES`], by position.
///
/// The driver keeps a row whole, twice, before it hands it over. So the server is asked to hash such values itself. Asking
/// for them costs nothing where the table keeps nothing out of line: a value of that size always is.
pub(super) async fn large_columns(
    session: &mut PgConnection,
    name: &QualifiedName,
    table: &TableMap,
) -> Result<Vec<bool>, Error> {
    let none = vec![false; table.columns.len()];
    // Where an assessment counted fewer bytes in the whole table, nobody need ask.
    if table.bytes.is_some_and(|bytes| bytes <= LARGE_BYTES as u64) {
        return Ok(none);
    }
    let candidates: Vec<usize> = (0..none.len()).filter(|at| bytes_of(&table.columns[*at]).is_some()).collect();
    if candidates.is_empty() {
        return Ok(none);
    }
    let failed = || TargetError::query(format!("look for large values in `{name}`"));
    let sql = format!(
        "select coalesce(pg_relation_size(reltoastrelid), 0) > 0 from pg_class where oid = {}::regclass",
        quote_literal(&name.quoted())
    );
    // The simple protocol: one round trip, where a statement that is prepared takes two.
    let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut *session).await.map_err(failed())?;
    if !row.get::<bool, _>(0) {
        return Ok(none);
    }
    let tests = candidates.iter().filter_map(|at| bytes_of(&table.columns[*at]));
    let tests = tests.map(|bytes| format!("coalesce(max(octet_length({bytes})) > {LARGE_BYTES}, false)"));
    let sql = format!("select {} from only {}", tests.collect::<Vec<_>>().join(", "), name.quoted());
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(session).await.map_err(failed())?;
    let mut large = none;
    for (place, at) in candidates.into_iter().enumerate() {
        large[at] = row.get(place);
    }
    Ok(large)
}

/// What a query gives for a column with large values: the value, NULL for a large one; then of a large one its length and
/// SHA-256.
pub(super) fn split(column: &ColumnMap) -> Option<String> {
    let (value, bytes) = (column.target.quoted(), bytes_of(column)?);
    let sent = match column.target_type {
        PgType::Bytea => value.clone(),
        _ => format!("convert_to({bytes}, 'UTF8')"),
    };
    let is_large = format!("octet_length({bytes}) > {LARGE_BYTES}");
    Some(format!(
        "case when {is_large} then null else {value} end, \
         case when {is_large} then int4send(octet_length({sent})) || sha256({sent}) end"
    ))
}

/// The column as something that has a length in bytes, where its values can be large and are compared byte by byte.
fn bytes_of(column: &ColumnMap) -> Option<String> {
    let value = column.target.quoted();
    match column.target_type {
        PgType::Text | PgType::Varchar(_) | PgType::Bytea => Some(value),
        PgType::Citext | PgType::Json => Some(format!("{value}::text")),
        _ => None,
    }
}
