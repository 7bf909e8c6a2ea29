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
            let (begin, cpu) = (Instant::now(), cpu_seconds());
            let mut snapshot = source.snapshot(threads).unwrap();
            let mut connections: Vec<_> = std::iter::from_fn(|| snapshot.take()).collect();
            let catalog = catalog::catalog(&connections[0]);
            let options = ScanOptions { interests: BTreeMap::new(), check_pages: true, places_max: 5 };
            let evidence = scan(&mut connections, &catalog, &options, &|_| ControlFlow::Continue(())).unwrap();
            let (seconds, cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds() - cpu);
            let memory = peak_kib();
            println!(
                "scan, {threads} threads: {seconds:.3} s, cpu {cpu:.2} s, peak {memory} KiB, {:?}",
                forecast(&evidence)
            );
        }
        let (begin, cpu) = (Instant::now(), cpu_seconds());
        let connection = source.connect().unwrap();
        let answer: String = connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        let (seconds, cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        println!("integrity_check: {answer}, {seconds:.3} s, cpu {cpu:.2} s");
    }
}

/// Highest resident memory of this process so far.
fn peak_kib() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).unwrap_or("?").to_owned()
}

/// Time on processors of this process so far, which other programs disturb less than the clock on the wall.
fn cpu_seconds() -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}
