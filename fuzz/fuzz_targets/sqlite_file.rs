//! Any bytes as a SQLite file: opened, introspected, assessed and decided, or refused.

#![no_main]

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

use autobot_assess::{ScanOptions, scan};
use autobot_catalog::Rules;
use autobot_db::{SchemaName, Source};
use autobot_schema::{DecideOptions, ddl_text, decide, interests, introspect, write_rules};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

/// A directory for the file, in memory where there is one.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("autobot-fuzz-").tempdir_in(place).expect("a temporary directory")
});

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("fuzzed.db");
    fs::write(&path, bytes).expect("a file in memory");
    let Ok(source) = Source::open_with_scratch(&path, FOLDER.path()) else { return };
    let Ok(mut snapshot) = source.snapshot(1) else { return };
    let mut connections: Vec<_> = std::iter::from_fn(|| snapshot.take()).collect();
    let Ok(catalog) = introspect(&connections[0]) else { return };
    let target_schema = SchemaName::new("public").expect("a name");
    let decide_options = DecideOptions { target_schema, additional_indexes: Vec::new(), flavor: Default::default() };
    let rules = Rules::default();
    let scan_options = ScanOptions {
        interests: interests(&catalog, None, &rules, &decide_options),
        check_pages: true,
        places_max: 3,
    };
    let scanned = scan(&mut connections, &catalog, &scan_options, &|_| ControlFlow::Continue(()));
    let Ok(evidence) = scanned else { return };
    let migration = decide(&catalog, &evidence, None, &rules, &decide_options);
    let _ = (ddl_text(&migration.target), write_rules(&migration));
});
