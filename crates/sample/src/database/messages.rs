//! Messages: most of a database.

use rusqlite::{Connection, params};

use super::{Chat, people};
use crate::dates::Moment;
use crate::options::SampleOptions;
use crate::random::Random;
use crate::text;

/// From this many messages on there are contracts of 18 KB among them; a smaller sample stays small.
const CONTRACTS_FROM: u64 = 1000;

/// Messages of a large sample between two contracts.
const CONTRACT_EVERY: u64 = 50_000;

/// Messages in the order of time, with gaps in their ids.
pub(super) fn insert(
    connection: &Connection,
    options: &SampleOptions,
    bots: &[String],
    chats: &[Chat],
) -> Result<(), rusqlite::Error> {
    let random = &mut Random::new(options.seed, 4);
    let texts = text::texts(random, options.messages);
    let stranger: Vec<Chat> = if chats.is_empty() && !bots.is_empty() { vec![people::stranger(bots)] } else { vec![] };
    let chats = if chats.is_empty() { &stranger } else { chats };
    let contract_every = match options.messages {
        ..CONTRACTS_FROM => u64::MAX,
        small if small < 4 * CONTRACT_EVERY => small / 4,
        _ => CONTRACT_EVERY,
    };
    let mut insert = connection
        .prepare(r#"insert into "Message" values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"#)?;
    let mut id = 0_i64;
    for i in 0..options.messages {
        id += if i % 97 == 96 { 3 } else { 1 };
        let moment = Moment::of_row(random, i, options.messages);
        let chat = &chats[usize::try_from(busy(random, chats.len() as u64)).unwrap_or(0)];
        let role = match random.below(100) {
            0..50 => "user",
            50..98 => "assistant",
            _ => "system",
        };
        let content = content(random, &texts, i, i % contract_every == contract_every - 1);
        let media = i % 23 == 22;
        insert.execute(params![
            id,
            chat.bot,
            chat.address,
            role,
            content,
            moment.cell(random),
            i % 41 == 40,
            i % 53 == 52,
            i % 19 == 18,
            random.pick(&["SENT", "SENT", "DELIVERED", "READ", "READ", ""]),
            whatsapp_id(random, &chat.address, role),
            media,
            media.then(|| format!("/uploads/{}/foto ñ {i}.jpg", i % 20)),
            media.then_some(if i % 2 == 0 { "image/jpeg" } else { "" }),
        ])?;
    }
    Ok(())
}

/// A few chats are busy and most are quiet: the smaller of two numbers, squared in effect.
fn busy(random: &mut Random, chats: u64) -> u64 {
    let bound = random.below(chats) + 1;
    random.below(bound)
}

fn content(random: &mut Random, texts: &[String], index: u64, contract: bool) -> String {
    if contract {
        return text::contract(index);
    }
    // The first messages say each text once, the others any of them.
    let said = match usize::try_from(index).ok().and_then(|index| texts.get(index)) {
        Some(first) if index < 24 => first,
        _ => random.pick(texts),
    };
    if said.is_empty() || said.len() < 8 || index.is_multiple_of(2) { said.clone() } else { format!("{said} {index}") }
}

fn whatsapp_id(random: &mut Random, chat: &str, role: &str) -> Option<String> {
    if random.chance(5, 100) {
        return None;
    }
    Some(format!("{}_{chat}_3EB0{:016X}", role != "user", random.next()))
}
