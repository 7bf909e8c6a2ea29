//! End-to-end tests: the binary, a sample AutoBOT, a real PostgreSQL.
//!
//! Four modules hold no tests: `program` runs the binary, `checkout` is an AutoBOT with a database of its own,
//! `listing` is what a directory holds, `node` is the sample application in a checkout.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "what fails here fails a test, and a skip is said")]
#![allow(
    clippy::unused_self,
    clippy::map_unwrap_or,
    clippy::unnecessary_debug_formatting,
    reason = "reads well in a test"
)]

mod checkout;
mod listing;
mod node;
mod program;

mod alone;
mod batches;
mod config_files;
mod copy;
mod docs;
mod dry_run;
mod extras;
mod far;
mod guide;
mod killed_rollback;
mod messages;
mod output;
mod phases;
mod providers;
mod real_app;
mod report_page;
mod resume;
mod rollback;
mod tidy;
mod wal;

/// A file in `tests/it` that no line above names is never run.
#[test]
fn no_file_is_forgotten() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("it");
    let known = include_str!("main.rs");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        assert!(stem == "main" || known.contains(&format!("\nmod {stem};\n")), "`mod {stem};` is missing");
    }
}
