//! Users, their bots, and the bots' clients and reminders.

use rusqlite::{Connection, params};

use super::Chat;
use crate::dates::{DAY_MS, Moment};
use crate::options::SampleOptions;
use crate::random::Random;
use crate::text;

/// bcrypt, cost 10, of `admin123`: the password of `admin`, as the application sets it on an empty database.
const ADMIN_HASH: &str = "$2b$10$RIZfPh.Gugi9k8h91PAXuO6wpBUAKYMlk6xIXJQATgfesl/AoXOmS";

/// bcrypt, cost 10, of `secreto1`: the password of everyone else.
const USER_HASH: &str = "$2b$10$1XyayRXj5HnlxJ6j7kU3aO4XozP4YqlqKHLjME1PyuVh1d2sWSUA2";

/// A bot's configuration: escapes, a line separator (U+2028), an integer beyond 64 bits, an explicit null.
const CONFIG: &str = r#"{"systemPrompt":"Sos un asistente \"amable\" ñ 🤖\nLínea 2\\","openaiApiKey":"sk-proj-XXXXXXXXXXXXXXXXXXXXXXXX","model":"gpt-4o-mini","temperature":0.7,"hours":{"from":"09:00","to":null},"separator":"#;

/// The same with every character beyond ASCII escaped, as another JSON writer leaves it.
const CONFIG_ASCII: &str = r#"{"systemPrompt": "Sos un asistente \"amable\" \u00f1 \ud83e\udd16\nL\u00ednea 2\\", "openaiApiKey": "", "model": "gpt-4o", "temperature": 1e-1, "hours": {}, "separator": "#;

/// Users and bots, one bot to each user; returns the bots' ids.
pub(super) fn users_and_bots(connection: &Connection, options: &SampleOptions) -> Result<Vec<String>, rusqlite::Error> {
    let random = &mut Random::new(options.seed, 2);
    let mut user = connection.prepare(r#"insert into "User" values (?1, ?2, ?3, ?4, ?5, ?6)"#)?;
    let mut bot = connection.prepare(r#"insert into "Bot" values (?1, ?2, ?3, ?4, ?5, ?6)"#)?;
    let mut bots = Vec::new();
    for i in 0..options.bots {
        let moment = Moment::of_row(random, i, options.bots);
        let (name, hash, role) = match i {
            0 => ("admin".to_owned(), ADMIN_HASH, "admin"),
            2 => ("maría.josé ñ".to_owned(), USER_HASH, "user"),
            _ => (format!("usuario_{i}"), USER_HASH, "user"),
        };
        let id = random.uuid();
        user.execute(params![id, name, hash, role, moment.cell(random), moment.plus(5).cell(random)])?;
        let config = if i % 2 == 0 {
            format!("{CONFIG}\"\u{2028}\",\"n\":12345678901234567890}}")
        } else {
            format!("{CONFIG_ASCII}\"\\u2028\", \"n\": 12345678901234567890}}")
        };
        let silenced = if i % 3 == 0 { format!("[\"{}\"]", chat_id(i)) } else { "[]".to_owned() };
        let moment = moment.plus(250);
        bots.push(random.uuid());
        bot.execute(params![
            bots.last(),
            id,
            if i == 4 { "{}" } else { &config },
            silenced,
            moment.cell(random),
            moment.plus(9).cell(random)
        ])?;
    }
    Ok(bots)
}

/// Clients in the order of their arrival; returns their chats.
pub(super) fn clients(
    connection: &Connection,
    options: &SampleOptions,
    bots: &[String],
) -> Result<Vec<Chat>, rusqlite::Error> {
    let random = &mut Random::new(options.seed, 3);
    let mut insert = connection.prepare(
        r#"insert into "Client" ("id", "chatId", "name", "profilePicUrl", "status", "notes", "tags", "lastBroadcastAt",
           "isBotPaused", "botId", "createdAt", "updatedAt") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"#,
    )?;
    let mut chats = Vec::with_capacity(usize::try_from(options.clients).unwrap_or(0));
    for i in 0..options.clients {
        let moment = Moment::of_row(random, i, options.clients);
        // The same person may write to two bots.
        let person = if i % 50 == 1 && bots.len() > 1 { i - 1 } else { i };
        let chat = Chat {
            client: random.uuid(),
            bot: bots[usize::try_from(i).unwrap_or(0) % bots.len()].clone(),
            address: chat_id(person),
        };
        let r = random.below(100);
        let name = match r {
            0..10 => None,
            10..13 => Some(String::new()),
            _ => Some(text::person(random)),
        };
        let picture = (r >= 50).then(|| {
            format!("https://pps.whatsapp.net/v/t61/{:016x}?ccb=11-4&oh={:08x}", random.next(), random.next() >> 32)
        });
        let notes = match random.below(100) {
            0..30 => Some(format!("nota:\nllamar a {}", text::person(random))),
            30..40 => Some(String::new()),
            _ => None,
        };
        let tags = if r > 60 { "[]".to_owned() } else { format!("[\"frecuente\",\"año {}\"]", 2022 + i % 3) };
        let broadcast = random.chance(3, 10).then(|| moment.plus(DAY_MS).cell(random));
        insert.execute(params![
            chat.client,
            chat.address,
            name,
            picture,
            random.pick(&["LEAD", "CLIENT", "VIP", "BLOCKED"]),
            notes,
            tags,
            broadcast,
            random.chance(4, 100),
            chat.bot,
            moment.cell(random),
            moment.plus(1234).cell(random)
        ])?;
        chats.push(chat);
    }
    Ok(chats)
}

/// Reminders for chats picked at random.
pub(super) fn reminders(
    connection: &Connection,
    options: &SampleOptions,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let random = &mut Random::new(options.seed, 5);
    let mut insert = connection.prepare(r#"insert into "Reminder" values (?1, ?2, ?3, ?4, ?5, ?6)"#)?;
    for i in 0..options.reminders {
        let moment = Moment::of_row(random, i, options.reminders);
        let stranger = || stranger(bots);
        let chat = chats.get(random.index(chats.len())).cloned().unwrap_or_else(stranger);
        let every_days = random.chance(1, 2).then_some(1 + i % 30);
        insert.execute(params![
            random.uuid(),
            chat.bot,
            chat.address,
            moment.plus(3 * DAY_MS).cell(random),
            every_days.map(u64::cast_signed),
            moment.cell(random)
        ])?;
    }
    Ok(())
}

/// A chat with someone who is not a client, for samples without clients. There must be a bot.
pub(super) fn stranger(bots: &[String]) -> Chat {
    Chat { client: String::new(), bot: bots[0].clone(), address: chat_id(0) }
}

/// WhatsApp's id of a chat with a mobile number of Argentina; another for each `person`.
fn chat_id(person: u64) -> String {
    format!("549{:010}@c.us", 1_100_000_000 + person.wrapping_mul(7919) % 8_899_999_999)
}
