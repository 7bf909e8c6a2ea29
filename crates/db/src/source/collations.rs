//! Collations that an application brings along and that this program does not have.

use rusqlite::Connection;

/// Puts the order of the bytes in the place of every collation that SQLite does not know, like `unicase` of Anki.
///
/// Without it SQLite does not read a `WITHOUT ROWID` table whose key has such a collation, not even from end to end. Rows
/// are read in the order in which they are stored, so the order that stands in decides nothing.
pub(super) fn stand_in(connection: &Connection) -> rusqlite::Result<()> {
    connection.collation_needed(|connection, name| connection.create_collation(name, str::cmp))
}
