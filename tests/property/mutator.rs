//! Files to damage, and damage of all sorts.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::database::make;
use crate::random::Random;

/// Writes the file of a seed, and its `-wal` where it has one: a database of some kind, with damage.
pub fn write(seed: u64, path: &Path) {
    let mut random = Random::of(!seed);
    let random = &mut random;
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(beside(path, ending));
    }
    let made = path.with_extension("made");
    let _ = fs::remove_file(&made);
    let connection = Connection::open(&made).unwrap();
    make(seed, &connection);
    many(random, &connection);
    let with_log = random.chance(30);
    if with_log {
        let sql = "pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table late (a, b); \
                   insert into late values (1, 'x'), (2, zeroblob(9000)); update late set a = a + 1";
        let _ = connection.execute_batch(sql);
    }
    let mut bytes = fs::read(&made).unwrap();
    let mut log = if with_log { fs::read(beside(&made, "-wal")).unwrap_or_default() } else { Vec::new() };
    drop(connection);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&made, ending));
    }
    for _ in 0..random.pick(&[1, 1, 1, 2, 5, 40]) {
        if !log.is_empty() && random.chance(50) { damage(random, &mut log) } else { damage(random, &mut bytes) }
    }
    fs::write(path, bytes).unwrap();
    if !log.is_empty() {
        fs::write(beside(path, "-wal"), log).unwrap();
    }
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Trees of more than one page, overflow pages, and pages that are free again.
fn many(random: &mut Random, connection: &Connection) {
    let rows = random.pick(&[0, 50, 400]);
    let sql = format!(
        "create table many (id integer primary key, t text, b blob); create index many_t on many (t); \
         create table wide (k text primary key, v) without rowid; begin; \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows}) \
         insert into many select i, 'text ' || i, zeroblob(i * 7 % 3000) from n where {rows} > 0; \
         insert into wide select t, b from many; delete from many where id % 3 = 0; commit"
    );
    let _ = connection.execute_batch(&sql);
}

fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let page = random.pick(&[512, 1024, 4096]);
    let length = bytes.len();
    let at = random.below(length);
    let start_of_page = at / page * page;
    match random.below(12) {
        0..=2 => bytes[at] ^= 1 << random.below(8),
        3 => bytes[at] = random.pick(&[0, 1, 0x7f, 0x80, 0xff]),
        // The header of a page, where the tree's pointers and counts are.
        4..=5 => {
            let at = (start_of_page + random.below(16)).min(length - 1);
            bytes[at] = random.pick(&[0, 1, 2, 5, 10, 13, 0x7f, 0xff]);
        }
        // The header of the file.
        6 => {
            let at = random.below(100.min(length));
            bytes[at] = random.bits().to_ne_bytes()[0];
        }
        7 => bytes.truncate(if random.chance(50) { start_of_page } else { at }),
        8 => {
            let from = random.below(length) / page * page;
            let part = bytes[from..(from + page).min(length)].to_vec();
            let end = (start_of_page + part.len()).min(length);
            bytes[start_of_page..end].copy_from_slice(&part[..end - start_of_page]);
        }
        9 => {
            let end = (start_of_page + page).min(length);
            bytes[start_of_page..end].fill(0);
        }
        10 => schema(random, bytes),
        _ => bytes.extend(std::iter::repeat_n(random.pick(&[0, 0xff, b'x']), random.pick(&[1, 100, 512, 4096]))),
    }
}

/// A letter of the text of a schema.
fn schema(random: &mut Random, bytes: &mut [u8]) {
    let found: Vec<usize> = bytes
        .windows(6)
        .enumerate()
        .filter(|(_, part)| part.eq_ignore_ascii_case(b"create"))
        .map(|(at, _)| at)
        .collect();
    if found.is_empty() {
        return;
    }
    let at = (random.pick(&found) + random.below(120)).min(bytes.len() - 1);
    bytes[at] = random.pick(b"()\"'`[],;x \0\xff1-/*");
}
