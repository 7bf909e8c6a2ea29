//! The pass over every value against `pragma integrity_check`: `cargo bench -p autobot-assess -- FILE`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a measurement")]

#[path = "../tests/it/catalog.rs"]
mod catalog;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use autobot_assess::{ScanOptions, forecast, scan};
use autobot_db::Source;

const ROUNDS: usize = 3;

fn main() {
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("give a SQLite file to measure: cargo bench -p autobot-assess -- FILE");
        return;
    };
    let source = Source::open(Path::new(&path)).unwrap();
    for _ in 0..ROUNDS {
        for threads in [1, 2] {
            let begin = Instant::now();
            let mut snapshot = source.snapshot(threads).unwrap();
            let mut connections: Vec<_> = std::iter::from_fn(|| snapshot.take()).collect();
            let catalog = catalog::catalog(&connections[0]);
            let options = ScanOptions { interests: BTreeMap::new(), places_max: 5 };
            let evidence = scan(&mut connections, &catalog, &options, &|_| ControlFlow::Continue(())).unwrap();
            let seconds = begin.elapsed().as_secs_f64();
            println!("scan, {threads} threads: {seconds:.3} s, peak {} KiB, {:?}", peak_kib(), forecast(&evidence));
        }
        let begin = Instant::now();
        let connection = source.connect().unwrap();
        let answer: String = connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        println!("integrity_check: {answer}, {:.3} s", begin.elapsed().as_secs_f64());
    }
}

/// Highest resident memory of this process so far.
fn peak_kib() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).unwrap_or("?").to_owned()
}
