//! Damaged files: whatever bytes are in it, a file goes over whole or is refused, and nothing panics, hangs or grows.

use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::allowed::Allowed;
use crate::case::{Case, Run};
use crate::source::Source;
use crate::{compare, mutator};

/// Files in an ordinary run.
const FILES: u64 = 100;

/// After this long, a run hangs.
const TIME_MAX: Duration = Duration::from_secs(90);

/// Kilobytes of address space that a run may take.
const ADDRESS_SPACE: &str = "8000000";

#[test]
fn damaged_files_are_refused_or_go_over_whole() {
    autobot_testkit::skip_without_postgres!();
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let count = number("AUTOBOT_PROPERTY_FILES").unwrap_or(FILES);
    let first = number("AUTOBOT_PROPERTY_SEED").unwrap_or(1);
    let (mut migrated, mut wrong) = (0, Vec::new());
    let mut case = Case::of("").unwrap();
    let mut empty = case.target();
    for seed in first..first + count {
        mutator::write(seed, &case.source.path);
        match ends_well(&case, &empty) {
            Ok(false) => {}
            Ok(true) => {
                migrated += 1;
                case = Case::of("").unwrap();
                empty = case.target();
            }
            Err(why) => {
                let kept = std::mem::replace(&mut case, Case::of("").unwrap()).source.dir.keep();
                println!("seed {seed}: {why}\nits file: {}", kept.display());
                wrong.push(seed);
            }
        }
    }
    println!("{migrated} of {count} went over");
    assert!(wrong.is_empty(), "{} of {count} files: {wrong:?}", wrong.len());
    assert!(migrated > 0 && migrated < count, "the damage is not what it was");
}

/// True when it went over whole, false when it is refused and the target is as it was.
fn ends_well(case: &Case, empty: &str) -> Result<bool, String> {
    let run = Run::read(&ended(limited(&case.command("copy", "")))?);
    match run.code {
        0 => {
            let wrong = compare::differences(case, &Source::open(&case.source.path), &run, &Allowed::default());
            if wrong.is_empty() { Ok(true) } else { Err(wrong.join("\n")) }
        }
        5 if case.target() == empty => Ok(false),
        _ => Err(run.to_string()),
    }
}

/// The same program and arguments, with little memory.
fn limited(command: &Command) -> Command {
    let mut limited = if cfg!(unix) {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("ulimit -v {ADDRESS_SPACE} && exec \"$@\""), "limited"]).arg(command.get_program());
        shell
    } else {
        Command::new(command.get_program())
    };
    limited.args(command.get_args()).current_dir(std::env::temp_dir()).stdin(Stdio::null());
    limited
}

fn ended(mut command: Command) -> Result<Output, String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(command.output()));
    receiver.recv_timeout(TIME_MAX).map(Result::unwrap).map_err(|_| format!("no end after {TIME_MAX:?}"))
}
