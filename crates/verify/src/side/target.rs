use autobot_catalog::TableMap;
use autobot_db::{QualifiedName, SchemaName};
use futures_util::TryStreamExt;
use sqlx::PgConnection;

use super::CanonicalRow;
use crate::Error;
use crate::canonical::from_target;

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
    let columns = table.columns.iter().map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
    // COPY of a table leaves its generated columns out (PostgreSQL documentation, "COPY"), so those take a query.
    let generated = table.columns.iter().any(|column| column.generated.is_some());
    let copy = if generated || table.columns.is_empty() {
        format!("copy (select {columns} from only {}) to stdout (format binary)", name.quoted())
    } else {
        format!("copy {} ({columns}) to stdout (format binary)", name.quoted())
    };
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
        parse(rest, table, &mut row).ok_or_else(garbled)?;
        visit(&row)?;
    }
    Ok(())
}

/// One tuple: number of fields, then length (−1 for NULL) and bytes of each.
fn parse(message: &[u8], table: &TableMap, row: &mut CanonicalRow) -> Option<()> {
    let (count, mut rest) = message.split_first_chunk::<2>()?;
    if usize::from(u16::from_be_bytes(*count)) != table.columns.len() {
        return None;
    }
    for column in &table.columns {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let field = match i32::from_be_bytes(*length) {
            -1 => None,
            length => Some(after.get(..usize::try_from(length).ok()?)?),
        };
        from_target(&column.target_type, field, &mut row.bytes).ok()?;
        row.ends.push(row.bytes.len());
        rest = &after[field.map_or(0, <[u8]>::len)..];
    }
    rest.is_empty().then_some(())
}
