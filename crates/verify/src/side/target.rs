mod large;

use autobot_catalog::{ColumnMap, PgType, TableMap};
use autobot_db::{QualifiedName, SchemaName};
use futures_util::TryStreamExt;
use sqlx::PgConnection;

use super::CanonicalRow;
use crate::Error;
use crate::canonical::{from_target, put_large, tag};

use large::{large_columns, split};

/// Signature, flags and extension length before the first tuple (PostgreSQL documentation, "COPY", binary format).
const HEADER_BYTES: usize = 19;

/// Calls `visit` with each row of the table in `schema` on the target, in canonical form.
///
/// An error of `visit` ends the reading; the connection then has to be dropped: the rest of the stream is still on it.
pub(crate) async fn read_target(
    connection: &mut PgConnection,
    schema: &SchemaName,
    table: &TableMap,
    mut visit: impl FnMut(&CanonicalRow) -> Result<(), Error>,
) -> Result<(), Error> {
    let failed = |source| Error::ReadTarget { table: table.target.clone(), source };
    let garbled = || Error::Wire { table: table.target.clone() };
    let name = QualifiedName { schema: schema.clone(), table: table.target.clone() };
    let large = large_columns(connection, &name, table).await?;
    let copy = statement(&name, table, &large);
    let mut stream = connection.copy_out_raw(&copy).await.map_err(failed)?;
    let mut row = CanonicalRow::default();
    let mut first = true;
    while let Some(message) = stream.try_next().await.map_err(failed)? {
        // The server sends the header with or before the first row, one row a message, and the trailer (-1) last.
        let mut rest = &message[..];
        if first {
            rest = rest.get(HEADER_BYTES..).ok_or_else(garbled)?;
            first = false;
        }
        if rest.is_empty() || rest == [0xFF, 0xFF] {
            continue;
        }
        row.clear();
        parse(rest, table, &large, &mut row).ok_or_else(garbled)?;
        visit(&row)?;
    }
    Ok(())
}

/// COPY of the table where that is enough: it leaves generated columns out (PostgreSQL documentation, "COPY"), and sends
/// large values.
fn statement(name: &QualifiedName, table: &TableMap, large: &[bool]) -> String {
    let plain = !large.contains(&true) && table.columns.iter().all(|column| column.generated.is_none());
    let item = |(column, large): (&ColumnMap, &bool)| {
        if *large { split(column) } else { None }.unwrap_or_else(|| column.target.quoted())
    };
    let columns = table.columns.iter().zip(large).map(item).collect::<Vec<_>>().join(", ");
    if plain && !table.columns.is_empty() {
        format!("copy {} ({columns}) to stdout (format binary)", name.quoted())
    } else {
        format!("copy (select {columns} from only {}) to stdout (format binary)", name.quoted())
    }
}

/// One tuple: number of fields, then the fields.
fn parse(message: &[u8], table: &TableMap, large: &[bool], row: &mut CanonicalRow) -> Option<()> {
    let (count, mut rest) = message.split_first_chunk::<2>()?;
    let marks = large.iter().filter(|large| **large).count();
    if usize::from(u16::from_be_bytes(*count)) != table.columns.len() + marks {
        return None;
    }
    for (column, large) in table.columns.iter().zip(large) {
        let value = field(&mut rest)?;
        match if *large { field(&mut rest)? } else { None } {
            None => from_target(&column.target_type, value, &mut row.bytes).ok()?,
            Some(mark) => {
                let (length, digest) = mark.split_first_chunk::<4>()?;
                let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                let class = if column.target_type == PgType::Bytea { tag::BYTES } else { tag::TEXT };
                put_large(&mut row.bytes, class, length, digest.try_into().ok()?);
            }
        }
        row.ends.push(row.bytes.len());
    }
    rest.is_empty().then_some(())
}

/// One field: length (−1 for NULL) and bytes.
fn field<'a>(rest: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = i32::from_be_bytes(*length);
    if length == -1 {
        *rest = after;
        return Some(None);
    }
    let (field, after) = after.split_at_checked(usize::try_from(length).ok()?)?;
    *rest = after;
    Some(Some(field))
}
