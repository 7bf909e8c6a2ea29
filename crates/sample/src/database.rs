//! The sample's `dev.db`: the application's own migrations, then rows.

mod extras;
mod history;
mod messages;
mod nasty;
mod people;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::options::SampleOptions;

pub(crate) use history::migrations;

/// A chat of a bot: the client's id (empty for a stranger), the bot's id, and WhatsApp's id of the chat.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) client: String,
    pub(crate) bot: String,
    pub(crate) address: String,
}

/// What the other files of the sample need to know of the database.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) bots: Vec<String>,
    /// Rows of each table, by name.
    pub(crate) rows: Vec<(String, u64)>,
}

/// Writes the database at `path`, which must not exist.
pub(crate) fn create(path: &Path, options: &SampleOptions) -> Result<Made, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Nobody else can see the file yet: no journal, no waiting for the disk, and keys are right by construction.
    connection.execute_batch(
        "pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -200000;",
    )?;
    history::apply(&connection, options)?;
    let indexes = drop_indexes(&connection)?;
    let transaction = connection.transaction()?;
    let bots = people::users_and_bots(&transaction, options)?;
    let chats = people::clients(&transaction, options, &bots)?;
    messages::insert(&transaction, options, &bots, &chats)?;
    people::reminders(&transaction, options, &bots, &chats)?;
    if options.extras {
        extras::insert(&transaction, options, &bots, &chats)?;
    }
    if options.nasty {
        nasty::insert(&transaction, options, &bots, &chats)?;
    }
    forget_last_rows(&transaction)?;
    transaction.commit()?;
    connection.execute_batch(&indexes)?;
    let rows = count_rows(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(Made { bots, rows })
}

/// Takes the indexes away while rows come in, and returns the statements that bring them back in the same order.
fn drop_indexes(connection: &Connection) -> Result<String, rusqlite::Error> {
    let mut statement = connection
        .prepare("select name, sql from sqlite_master where type = 'index' and sql is not null order by rowid")?;
    let indexes = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut again = String::new();
    for (name, sql) in indexes {
        connection.execute_batch(&format!("drop index \"{name}\""))?;
        again.push_str(&sql);
        again.push_str(";\n");
    }
    Ok(again)
}

/// As if the newest rows had been deleted: their numbers were given out and must not come again.
fn forget_last_rows(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.execute_batch("update sqlite_sequence set seq = seq + 50")
}

fn count_rows(connection: &Connection) -> Result<Vec<(String, u64)>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
    )?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    names
        .into_iter()
        .map(|name| {
            let rows =
                connection.query_row(&format!("select count(*) from \"{name}\""), [], |row| row.get::<_, i64>(0))?;
            Ok((name, rows.unsigned_abs()))
        })
        .collect()
}
