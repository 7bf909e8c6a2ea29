//! Writes what the fuzz targets begin with: `fuzz_seeds FOLDER` makes `FOLDER/TARGET/…` from the fixtures of the crates.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// `.env` files with everything that dotenv knows.
const ENVS: &[&str] = &[
    "A=1\nDATABASE_URL=\"file:./dev.db\"\nB='x y'\n",
    "\u{feff}export DATABASE_URL: `a\nb` # comment\r\nC=\"\\n\\r\"\r\n",
    "# DATABASE_URL=old\nDATABASE_URL=file:a#b\nDATABASE_URL=\n E = \"a\\\"b\" \n",
];

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("a folder"));
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (number, path) in below(&crates.join("schema/tests/corpus"), "sql").iter().enumerate() {
        let sql = fs::read_to_string(path).expect("a text");
        for (at, statement) in sql.split(";\n").enumerate() {
            write(&folder.join("ddl"), &format!("{number}-{at}"), statement.as_bytes());
        }
        for page in [512, 4096] {
            write(&folder.join("sqlite_file"), &format!("{number}-{page}"), &database(&sql, page));
        }
    }
    for (number, path) in below(&crates.join("prisma/tests/fixtures"), "prisma").iter().enumerate() {
        write(&folder.join("prisma"), &number.to_string(), &fs::read(path).expect("a text"));
    }
    for (number, text) in ENVS.iter().enumerate() {
        write(&folder.join("dotenv"), &number.to_string(), text.as_bytes());
    }
}

/// The bytes of a database of as many of the statements as SQLite takes, with a few rows of every class.
fn database(sql: &str, page: usize) -> Vec<u8> {
    let path = std::env::temp_dir().join(format!("autobot-seed-{}", std::process::id()));
    let _ = fs::remove_file(&path);
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(&format!("pragma page_size = {page}; pragma journal_mode = off")).expect("pragmas");
    for statement in sql.split(";\n") {
        let _ = connection.execute_batch(statement);
    }
    let rows = "create table seed (a integer primary key autoincrement, b text unique, c, d datetime, e blob);
         insert into seed (b, c, d, e) values ('x', 1.5, 1700000000000, x'00ff'), ('y', 'z', '2024-02-29 12:00:00', null),
         (null, x'ff', '2024-02-29', zeroblob(2000)); create table w (k primary key, v) without rowid; insert into w values (1, 2)";
    let _ = connection.execute_batch(rows);
    connection.close().expect("a database");
    let bytes = fs::read(&path).expect("a database");
    let _ = fs::remove_file(&path);
    bytes
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join(format!("seed-{name}")), bytes).expect("a seed");
}

/// The files below a folder whose names end so, in order.
fn below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(below(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
