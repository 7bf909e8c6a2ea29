//! Rows that a careless migration loses, damages or stumbles over.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params};

use super::{Chat, people};
use crate::dates::START_MS;
use crate::options::SampleOptions;
use crate::random::Random;

/// Text as SQLite takes it: any bytes.
struct RawText(&'static [u8]);

impl ToSql for RawText {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// Adds the rows after the messages, in the first chat.
pub(super) fn insert(
    connection: &Connection,
    options: &SampleOptions,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let chat = chats.first().cloned().unwrap_or_else(|| people::stranger(bots));
    let (start, no) = (Value::Integer(START_MS), Value::Integer(0));
    let iso = |text: &str| Value::Text(text.to_owned());
    let rows: Vec<(&'static [u8], Value, Value)> = vec![
        (b"uno\n\\.\ndos", start.clone(), no.clone()),
        (b"\\.", start.clone(), no.clone()),
        (b"CR\rsolo", start.clone(), Value::Integer(1)),
        (b"NUL \0 dentro", start.clone(), no.clone()),
        (b"utf8 malo \xff\xfe", start.clone(), no.clone()),
        (b"emoji en CESU-8 \xed\xa0\xbd\xed\xb8\x80", start.clone(), no.clone()),
        ("antes de 1970".as_bytes(), Value::Integer(-86_400_001), no.clone()),
        ("lejano futuro".as_bytes(), Value::Integer(4_102_444_800_123), no.clone()),
        ("año 10000".as_bytes(), Value::Integer(253_402_300_800_000), no.clone()),
        ("hora de Buenos Aires".as_bytes(), iso("2024-05-01T12:34:56.789-03:00"), no.clone()),
        ("con Z".as_bytes(), iso("2024-05-01T12:34:56.789Z"), no.clone()),
        ("microsegundos".as_bytes(), iso("2024-05-01 12:34:56.789999"), no.clone()),
        ("solo el día".as_bytes(), iso("2024-05-01"), no.clone()),
        ("milisegundos con fracción".as_bytes(), Value::Real(1_714_566_896_789.5), no.clone()),
        ("booleano en texto".as_bytes(), start.clone(), iso("true")),
        ("ni sí ni no".as_bytes(), start, Value::Integer(2)),
    ];
    let mut insert = connection.prepare(
        r#"insert into "Message" ("botId", "chatId", "role", "content", "timestamp", "isBroadcast")
           values (?1, ?2, 'user', ?3, ?4, ?5)"#,
    )?;
    for (content, timestamp, broadcast) in rows {
        insert.execute(params![chat.bot, chat.address, RawText(content), timestamp, broadcast])?;
    }
    wide_integer(connection, options, &chat)
}

/// An `Int` beyond 32 bits: SQLite does not mind.
fn wide_integer(connection: &Connection, options: &SampleOptions, chat: &Chat) -> Result<(), rusqlite::Error> {
    let random = &mut Random::new(options.seed, 7);
    let mut insert = connection.prepare(r#"insert into "Reminder" values (?1, ?2, ?3, ?4, ?5, ?4)"#)?;
    insert.execute(params![random.uuid(), chat.bot, chat.address, START_MS, 5_491_155_555_555_i64])?;
    Ok(())
}
