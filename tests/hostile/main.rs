//! One test or more for each class of hostile input: a database of the class, made by the test, through the binary, and
//! read back in plain SQL. What is expected is written down or computed in the test, never by our converters.
//!
//! A file per section of the list, and one for its damaged files; the number of a row stands in the doc comment of its
//! tests. `case` makes the database, runs the binary and reads the target; it holds no tests.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "what fails here fails a test")]
#![allow(clippy::format_collect, clippy::single_match_else, reason = "short values, read once")]

mod case;
mod refusal;

mod application;
mod damage;
mod dates;
mod keys;
mod life;
mod names;
mod numbers;
mod objects;
mod storage_class;
mod text;
mod wild;

/// A file in `tests/hostile` that no line above names is never run.
#[test]
fn no_file_is_forgotten() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile");
    let known = include_str!("main.rs");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || known.contains(&format!("\nmod {stem};\n")), "`mod {stem};` is missing");
    }
}
