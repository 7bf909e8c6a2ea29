//! Property tests: databases that nobody thought of, through the whole copy, and read back by a reader of its own.
//!
//! A seed makes a database by real SQL; the binary copies it. Either the target has every value of it, or it is as it was
//! and the refusal says why. More than the suite runs: `AUTOBOT_PROPERTY_DATABASES=1000 AUTOBOT_PROPERTY_SEED=5000`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "what fails here fails a test, and says how"
)]

#[path = "../hostile/case.rs"]
#[allow(dead_code, clippy::format_collect, clippy::single_match_else, reason = "shared with the hostile inputs")]
mod case;

mod allowed;
mod canon;
mod compare;
mod copies;
mod database;
mod expressions;
mod moment;
mod mutants;
mod mutator;
mod names;
mod random;
mod source;
mod structure;
mod tables;
mod values;

/// A file in `tests/property` that no line above names is never run.
#[test]
fn no_file_is_forgotten() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("property");
    let known = include_str!("main.rs");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || known.contains(&format!("\nmod {stem};\n")), "`mod {stem};` is missing");
    }
}
