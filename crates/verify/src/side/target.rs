mod large;
mod session;

use autobot_catalog::{ColumnMap, PgType, TableMap};
use autobot_db::{QualifiedName, SchemaName};
use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use sqlx::PgConnection;

use super::CanonicalRow;
use crate::Error;
use crate::canonical::{WireError, from_target, put_large, tag};

use large::{large_columns, split};

pub use session::TargetSession;

/// Signature, flags and extension length before the first tuple (PostgreSQL documentation, "COPY", binary format).
const HEADER_BYTES: usize = 19;

/// The rows of one table of the target, read one after the other.
///
/// Where it is dropped before the end, the connection has to be dropped too: the rest of the stream is still on it.
pub(crate) struct TargetRows<'a> {
    stream: BoxStream<'a, sqlx::Result<Bytes>>,
    table: &'a TableMap,
    large: Vec<bool>,
    row: CanonicalRow,
    /// Nothing has come yet.
    first: bool,
}

impl<'a> TargetRows<'a> {
    /// Begins to read the table in `schema`.
    pub(crate) async fn open(
        session: &'a mut PgConnection,
        schema: &SchemaName,
        table: &'a TableMap,
    ) -> Result<Self, Error> {
        let name = QualifiedName { schema: schema.clone(), table: table.target.clone() };
        let large = large_columns(session, &name, table).await?;
        let stream = session.copy_out_raw(&statement(&name, table, &large)).await;
        let stream = stream.map_err(|source| Error::ReadTarget { table: table.target.clone(), source })?;
        Ok(Self { stream, table, large, row: CanonicalRow::default(), first: true })
    }

    /// The next row in canonical form, none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<&CanonicalRow>, Error> {
        let table = &self.table.target;
        let garbled = || Error::Wire { table: table.clone() };
        let failed = |source| Error::ReadTarget { table: table.clone(), source };
        while let Some(message) = self.stream.try_next().await.map_err(failed)? {
            // The server sends the header with or before the first row, one row a message, and the trailer (-1) last.
            let mut rest = &message[..];
            if std::mem::take(&mut self.first) {
                rest = rest.get(HEADER_BYTES..).ok_or_else(garbled)?;
            }
            if rest.is_empty() || rest == [0xFF, 0xFF] {
                continue;
            }
            self.row.clear();
            parse(rest, self.table, &self.large, &mut self.row).map_err(|_| garbled())?;
            return Ok(Some(&self.row));
        }
        Ok(None)
    }
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
fn parse(message: &[u8], table: &TableMap, large: &[bool], row: &mut CanonicalRow) -> Result<(), WireError> {
    let (count, mut rest) = message.split_first_chunk::<2>().ok_or(WireError)?;
    let marks = large.iter().filter(|large| **large).count();
    if usize::from(u16::from_be_bytes(*count)) != table.columns.len() + marks {
        return Err(WireError);
    }
    for (column, large) in table.columns.iter().zip(large) {
        let value = field(&mut rest)?;
        match if *large { field(&mut rest)? } else { None } {
            None => from_target(&column.target_type, value, &mut row.bytes)?,
            Some(mark) => put_mark(&column.target_type, mark, &mut row.bytes).ok_or(WireError)?,
        }
        row.ends.push(row.bytes.len());
    }
    if rest.is_empty() { Ok(()) } else { Err(WireError) }
}

/// One field: length (−1 for NULL) and bytes.
#[inline]
fn field<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a [u8]>, WireError> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(WireError)?;
    let length = i32::from_be_bytes(*length);
    let bytes = if length == -1 { 0 } else { usize::try_from(length).map_err(|_| WireError)? };
    let (field, after) = after.split_at_checked(bytes).ok_or(WireError)?;
    *rest = after;
    Ok((length != -1).then_some(field))
}

/// What the server says of a large value, as [`split`] asks for it.
fn put_mark(kind: &PgType, mark: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let (length, digest) = mark.split_first_chunk::<4>()?;
    let class = if *kind == PgType::Bytea { tag::BYTES } else { tag::TEXT };
    put_large(out, class, usize::try_from(u32::from_be_bytes(*length)).ok()?, digest.try_into().ok()?);
    Some(())
}
