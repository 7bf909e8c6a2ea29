//! Generated databases go over whole, or are refused whole.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::allowed::Allowed;
use crate::case::{Case, Run};
use crate::database::make;
use crate::source::Source;
use crate::{compare, structure};

/// Databases in an ordinary run.
const DATABASES: u64 = 160;

/// Copies at a time.
const THREADS: usize = 3;

/// How a database ended.
#[derive(Debug, Default)]
struct Tally {
    migrated: u64,
    refused: u64,
    /// Of the refused, those that went over by the proposed rules.
    by_rules: u64,
    wrong: Vec<String>,
}

#[test]
fn generated_databases_go_over_or_are_refused() {
    autobot_testkit::skip_without_postgres!();
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let count = number("AUTOBOT_PROPERTY_DATABASES").unwrap_or(DATABASES);
    let first = number("AUTOBOT_PROPERTY_SEED").unwrap_or(1);
    let next = AtomicU64::new(first);
    let tally = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        return;
                    }
                    one(seed, &tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    let (migrated, refused, by_rules) = (tally.migrated, tally.refused, tally.by_rules);
    println!("{migrated} migrated, {refused} refused, {by_rules} of them migrated by the proposed rules");
    assert!(tally.wrong.is_empty(), "{} of {count} databases went wrong: {:?}", tally.wrong.len(), tally.wrong);
    let of_each = migrated * 2 > count && refused * 10 > count;
    assert!(count < DATABASES || of_each, "too few of one kind: the generator is not what it was");
}

fn one(seed: u64, tally: &Mutex<Tally>) {
    let ended = through(seed);
    let mut tally = tally.lock().unwrap();
    match ended {
        Ok((first, by_rules)) => {
            tally.migrated += u64::from(first);
            tally.refused += u64::from(!first);
            tally.by_rules += u64::from(by_rules);
        }
        Err(wrong) => {
            println!("seed {seed}: {wrong}");
            tally.wrong.push(format!("seed {seed}"));
        }
    }
}

/// Copies the database of a seed: whether it went over at once, and whether by the proposed rules. What goes wrong leaves
/// its file to be looked at.
fn through(seed: u64) -> Result<(bool, bool), String> {
    let mut case = Case::made("", |connection| make(seed, connection)).unwrap();
    // Every other one in many batches: nothing depends on how often is committed.
    case.batches = seed.is_multiple_of(2).then(|| "1kB".to_owned());
    let ended = catch_unwind(AssertUnwindSafe(|| {
        if ends_well(&case, "")? {
            return Ok((true, false));
        }
        let rules = case.proposed_rules();
        let by_rules = ends_well(&case, &rules);
        by_rules.map(|ended| (false, ended)).map_err(|wrong| format!("by the proposed rules: {wrong}\n{rules}"))
    }));
    match ended {
        Ok(Ok(well)) => Ok(well),
        Ok(Err(wrong)) => Err(format!("{wrong}\nits file: {}", case.source.dir.keep().display())),
        Err(panic) => Err(format!("{}\nits file: {}", said(&*panic), case.source.dir.keep().display())),
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Copies by these settings: true when everything is there, false when it is refused for a reason and nothing is.
fn ends_well(case: &Case, settings: &str) -> Result<bool, String> {
    let before = case.target();
    let run = case.copy(settings);
    match run.code {
        0 => {
            let (source, allowed) = (Source::open(&case.source.path), Allowed::of(settings));
            let mut wrong = compare::differences(case, &source, &run, &allowed);
            wrong.extend(structure::differences(case, &source, &run, &allowed));
            if wrong.is_empty() { Ok(true) } else { Err(wrong.join("\n")) }
        }
        5 if case.target() != before => Err(format!("a refusal changed the target: {run}")),
        5 => reasons(&run).map(|()| false),
        _ => Err(run.to_string()),
    }
}

/// Each problem has a code, says where it is, and what to do.
fn reasons(run: &Run) -> Result<(), String> {
    let problems = run.document["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let whole = |problem: &serde_json::Value| {
        problem["code"].as_str().is_some_and(|code| code.starts_with("AB"))
            && problem["table"].is_string()
            && problem["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty())
    };
    match problems.iter().find(|problem| !whole(problem)) {
        _ if problems.is_empty() => Err(format!("refused without a reason: {run}")),
        Some(problem) => Err(format!("a problem that does not say all: {problem:#}")),
        None => Ok(()),
    }
}
