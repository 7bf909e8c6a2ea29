use autobot_catalog::TableMap;

use crate::MARKS_SCHEMA;
use crate::error::Error;
use crate::read::{Aside, HEADER, Spool, TRAILER};
use crate::stage::Session;

/// Bytes sent at once.
const PIECE_BYTES: usize = 64 * 1024;

/// Sends the rows and originals that were set aside, in the transaction of their table.
pub(super) async fn send_aside(session: &mut Session, map: &TableMap, aside: Aside) -> Result<(), Error> {
    let Aside { quarantine, originals } = aside;
    send_spool(session, map, "quarantine", Spool::QUARANTINE_COLUMNS, quarantine).await?;
    send_spool(session, map, "original", Spool::ORIGINAL_COLUMNS, originals).await
}

async fn send_spool(
    session: &mut Session,
    map: &TableMap,
    table: &str,
    columns: &str,
    mut spool: Spool,
) -> Result<(), Error> {
    if spool.rows == 0 {
        return Ok(());
    }
    let server = |source| Error::Statement { doing: format!("set rows of table `{}` aside", map.source), source };
    let disk = |source| Error::Aside { table: map.source.clone(), source };
    let sql = format!("copy {MARKS_SCHEMA}.{table} ({columns}) from stdin with (format binary)");
    let mut copy = session.connection.copy_in_raw(&sql).await.map_err(server)?;
    copy.send(HEADER.as_slice()).await.map_err(server)?;
    let mut piece = vec![0; PIECE_BYTES];
    spool.rewind().map_err(disk)?;
    loop {
        let length = spool.read(&mut piece).map_err(disk)?;
        if length == 0 {
            break;
        }
        copy.send(&piece[..length]).await.map_err(server)?;
    }
    copy.send(TRAILER.as_slice()).await.map_err(server)?;
    let copied = copy.finish().await.map_err(server)?;
    if copied != spool.rows {
        return Err(Error::RowCount { table: map.target.clone(), sent: spool.rows, copied });
    }
    Ok(())
}
