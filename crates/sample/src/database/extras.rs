//! Tables of a later version of the application.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::Chat;
use crate::dates::{DAY_MS, Moment};
use crate::options::SampleOptions;
use crate::random::Random;

/// Columns of the CRM board: name, colour, whether a client in it is done with.
const STATES: &[(&str, &str, bool)] = &[
    ("Nuevo", "#25D366", false),
    ("En conversación", "#34B7F1", false),
    ("Ganado 🎉", "#FFD700", true),
    ("Perdido", "", true),
];

const LABELS: &[&str] = &["mayorista", "moroso", "Córdoba", "año nuevo", "VIP ⭐", "d'ici"];

/// A row of `Setting`, but for what is made up for each bot.
struct Sketch {
    key: &'static str,
    channel: &'static str,
    /// As Prisma's adapters store it: a bare number becomes INTEGER or REAL, as the declared type JSONB has numeric
    /// affinity.
    json: &'static str,
    price: Price,
    quota: i64,
    secret: Option<&'static [u8]>,
}

const fn sketch(
    (key, channel): (&'static str, &'static str),
    json: &'static str,
    price: Price,
    quota: i64,
    secret: Option<&'static [u8]>,
) -> Sketch {
    Sketch { key, channel, json, price, quota, secret }
}

const SETTINGS: &[Sketch] = &[
    sketch(("horario", "WHATSAPP"), r#"{"desde":"09:00","días":["lu","ma"],"pausa":null}"#, Price::Whole(0), 0, None),
    sketch(
        ("lista", "TELEGRAM"),
        r#"[1,2.5,"tres",{"cuatro":[]},"\u00f1 \\ \" 🚀"]"#,
        Price::Real(10.5),
        i64::MAX,
        Some(b""),
    ),
    sketch(("texto", "web-chat"), r#""solo un texto""#, Price::Real(1_234_567.891), i64::MIN, Some(b"\0\xff\\x00 \n")),
    sketch(("número", "WHATSAPP"), "42", Price::Real(0.1), 9_007_199_254_740_993, None),
    sketch(("decimal", "WHATSAPP"), "0.25", Price::Whole(9_007_199_254_740_993), 1, Some(b"clave")),
    sketch(("nada", "WHATSAPP"), "null", Price::Real(-0.01), -1, None),
    sketch(("sí", "WHATSAPP"), "true", Price::Whole(-7), 4_294_967_296, None),
];

#[derive(Clone, Copy)]
enum Price {
    Whole(i64),
    Real(f64),
}

impl From<Price> for Value {
    fn from(price: Price) -> Self {
        match price {
            Price::Whole(whole) => Self::Integer(whole),
            Price::Real(real) => Self::Real(real),
        }
    }
}

/// Fills the tables of the later version, and `Client.stateId`.
pub(super) fn insert(
    connection: &Connection,
    options: &SampleOptions,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let random = &mut Random::new(options.seed, 6);
    states(connection, random, bots, chats)?;
    tags(connection, random, bots, chats)?;
    settings(connection, random, bots)?;
    campaigns(connection, random, bots, chats)
}

/// Numbers start at 3: the first rows were deleted long ago.
fn states(
    connection: &Connection,
    random: &mut Random,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let mut insert = connection.prepare(r#"insert into "State" values (?1, ?2, ?3, ?4, ?5, ?6)"#)?;
    let mut id = 3_i64;
    for bot in bots {
        for (position, (name, color, done)) in (0_i64..).zip(STATES) {
            insert.execute(params![id + position, bot, name, color, position, done])?;
        }
        id += 4;
    }
    let mut update = connection.prepare(r#"update "Client" set "stateId" = ?1 where "id" = ?2"#)?;
    for (index, chat) in (0_i64..).zip(chats) {
        if random.chance(2, 3) {
            let bot = index % i64::try_from(bots.len()).unwrap_or(1);
            update.execute(params![3 + bot * 4 + random.below(4).cast_signed(), chat.client])?;
        }
    }
    Ok(())
}

fn tags(connection: &Connection, random: &mut Random, bots: &[String], chats: &[Chat]) -> Result<(), rusqlite::Error> {
    let mut insert = connection.prepare(r#"insert into "tags" values (?1, ?2, ?3, ?4)"#)?;
    let per_bot = LABELS.len() as u64;
    for (index, bot) in (0_u64..).zip(bots) {
        for (of_bot, label) in (1_u64..).zip(LABELS) {
            let moment = Moment::of_row(random, index, bots.len() as u64);
            insert.execute(params![(index * per_bot + of_bot).cast_signed() * 2, bot, label, moment.cell(random)])?;
        }
    }
    let mut join = connection.prepare("insert into client_tags values (?1, ?2, ?3, ?4)")?;
    for (index, chat) in (0_u64..).zip(chats) {
        let bot = index % bots.len() as u64;
        for of_bot in 1..=random.below(4) {
            let moment = Moment::of_row(random, index, chats.len() as u64);
            let added_by = random.chance(1, 2).then_some(&chat.bot);
            let tag = (bot * per_bot + of_bot).cast_signed() * 2;
            join.execute(params![chat.client, tag, added_by, moment.cell(random)])?;
        }
    }
    Ok(())
}

fn settings(connection: &Connection, random: &mut Random, bots: &[String]) -> Result<(), rusqlite::Error> {
    let mut insert = connection.prepare(r#"insert into "Setting" values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"#)?;
    for (index, bot) in (0_u64..).zip(bots) {
        for (of_bot, setting) in (0_i64..).zip(SETTINGS) {
            // Beyond what JavaScript can count to.
            let id = 9_007_199_254_740_993 + index.cast_signed() * 100 + of_bot;
            let ratio = (of_bot % 3 != 0).then(|| [0.1, -1.5e-300, 1.797_693_134_862_315_7e308][random.index(3)]);
            let moment = Moment::of_row(random, index, bots.len() as u64).cell(random);
            let Sketch { key, channel, json, price, quota, secret } = setting;
            insert.execute(params![id, bot, key, channel, json, Value::from(*price), ratio, quota, secret, moment])?;
        }
    }
    Ok(())
}

/// Two campaigns for each bot, and Prisma's implicit join table to the clients they went to.
fn campaigns(
    connection: &Connection,
    random: &mut Random,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let mut insert = connection.prepare(r#"insert into "Campaign" values (?1, ?2, ?3, ?4, ?5)"#)?;
    let mut join = connection.prepare(r#"insert into "_CampaignToClient" values (?1, ?2)"#)?;
    for (index, bot) in (0_u64..).zip(bots) {
        for of_bot in 0..2 {
            let id = (1 + index * 2 + of_bot).cast_signed();
            let moment = Moment::of_row(random, index, bots.len() as u64).plus(30 * DAY_MS);
            let scheduled = (of_bot == 0).then(|| moment.cell(random));
            insert.execute(params![
                id,
                bot,
                format!("Campaña {id} 'otoño'"),
                if of_bot == 0 { "WHATSAPP" } else { "web-chat" },
                scheduled
            ])?;
            for chat in chats.iter().skip(usize::try_from(index).unwrap_or(0)).step_by(bots.len()) {
                if random.chance(1, 4) {
                    join.execute(params![id, chat.client])?;
                }
            }
        }
    }
    Ok(())
}
