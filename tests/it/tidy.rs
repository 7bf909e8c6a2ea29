//! The house rules that a machine can check (docs/ARCHITECTURE.md, "Invariants").

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines of a source file at most.
const LINES_MAX: usize = 400;

/// What is known and allowed, with its reason.
const EXCEPTIONS: [&str; 1] = [
    // The directory for private copies of a source whose `-wal` has to be played in; callers may name another.
    "crates/db/src/source.rs: env::temp_dir",
];

/// Crates that may print, read the environment and exit: the program, and the kit for tests.
const SPEAKING: [&str; 2] = ["cli", "testkit"];

#[test]
fn only_the_program_prints_reads_the_environment_and_exits() {
    let forbidden = [
        "println!(",
        "eprintln!(",
        "print!(",
        "dbg!(",
        "env::var",
        "env::args",
        "env::current_dir",
        "env::temp_dir",
        "process::exit",
    ];
    check(|krate, file, text| {
        if SPEAKING.contains(&krate) {
            return Vec::new();
        }
        found(file, &code(text), &forbidden)
    });
}

#[test]
fn crates_depend_only_in_the_directions_of_the_design() {
    let depends = |krate: &str| dependencies(&root().join("crates").join(krate));
    let verify = depends("verify");
    assert!(!verify.iter().any(|name| ["autobot-transfer", "autobot-convert"].contains(&name.as_str())), "{verify:?}");
    let transfer = depends("transfer");
    assert!(!transfer.contains(&"autobot-verify".to_owned()), "{transfer:?}");
    let plan = depends("plan");
    assert!(!plan.iter().any(|name| ["sqlx", "rusqlite", "autobot-db"].contains(&name.as_str())), "{plan:?}");
    let db = depends("db");
    assert!(!db.contains(&"autobot-plan".to_owned()), "{db:?}");
    for krate in crates() {
        let own = depends(&krate);
        assert!(!own.contains(&"autobot-cli".to_owned()), "{krate} depends on the program");
        assert!(!own.contains(&"autobot-testkit".to_owned()), "{krate} depends on the test kit, not only in tests");
        let speaks = ["clap", "indicatif", "comfy-table", "tracing-subscriber"];
        assert!(krate == "cli" || !own.iter().any(|name| speaks.contains(&name.as_str())), "{krate}: {own:?}");
    }
}

#[test]
fn no_planning_function_is_async() {
    check(|krate, file, text| if krate == "cli" { Vec::new() } else { found(file, &code(text), &["async fn plan("]) });
}

#[test]
fn lib_rs_holds_no_logic() {
    for krate in crates() {
        let path = root().join("crates").join(&krate).join("src/lib.rs");
        let text = fs::read_to_string(&path).unwrap();
        let functions = text.lines().filter(|line| line.starts_with("fn ") || line.starts_with("pub fn ")).count();
        // The program's own is its main function.
        assert!(functions == 0 || krate == "cli", "{} holds functions", path.display());
    }
}

#[test]
fn no_file_is_too_long() {
    check(|_, file, text| {
        let lines = text.lines().count();
        if lines > LINES_MAX { vec![format!("{}: {lines} lines", file.display())] } else { Vec::new() }
    });
}

#[test]
fn modules_are_domain_words() {
    let empty = ["utils.rs", "util.rs", "helpers.rs", "common.rs", "types.rs", "misc.rs"];
    let files = tracked();
    let named = files.iter().filter(|file| file.file_name().is_some_and(|name| empty.iter().any(|word| name == *word)));
    assert_eq!(named.count(), 0);
}

#[test]
fn nothing_is_left_to_do_without_an_issue() {
    // Spelled apart, so that this file does not find itself.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let mut bad = Vec::new();
    for file in text_files() {
        let text = fs::read_to_string(root().join(&file)).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let marked =
                words.iter().any(|word| line.contains(&format!("{word} ")) || line.contains(&format!("{word}:")));
            if marked && !line.contains('#') && is_code(&file) {
                bad.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn no_path_of_one_machine_is_in_a_file() {
    let paths = ["/wo", "/ro", "/fa", "/ho"].map(|start| match start {
        "/wo" => format!("{start}rk/"),
        "/ro" => format!("{start}ot/"),
        "/fa" => format!("{start}rm/"),
        _ => format!("{start}me/user/"),
    });
    let mut bad = Vec::new();
    for file in text_files() {
        let text = fs::read_to_string(root().join(&file)).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            // Only as the start of a path: `a/work/b` is somebody else's.
            let named = paths.iter().any(|path| {
                line.match_indices(path.as_str()).any(|(at, _)| {
                    !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-}~/$*)".contains(before))
                })
            });
            if named {
                bad.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn scripts_can_be_executed() {
    #[cfg(unix)]
    for script in ["scripts/demo", "scripts/test", "scripts/setup", ".ci/run"] {
        use std::os::unix::fs::PermissionsExt as _;
        let path = root().join(script);
        assert!(fs::metadata(&path).unwrap().permissions().mode() & 0o111 != 0, "{script}");
        assert!(fs::read_to_string(&path).unwrap().contains("set -euo pipefail"), "{script}");
    }
}

/// Fails the test with every line that a rule finds in a crate's own source.
#[track_caller]
fn check(rule: impl Fn(&str, &Path, &str) -> Vec<String>) {
    let mut bad = Vec::new();
    for krate in crates() {
        for file in sources(&root().join("crates").join(&krate).join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            bad.extend(rule(&krate, file.strip_prefix(root()).unwrap(), &text));
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

fn found(file: &Path, text: &str, forbidden: &[&str]) -> Vec<String> {
    let line = |(number, line): (usize, &str)| {
        let word = forbidden.iter().find(|word| line.contains(**word))?;
        let allowed = EXCEPTIONS.contains(&format!("{}: {word}", file.display()).as_str());
        (!allowed).then(|| format!("{}:{}: {word}", file.display(), number + 1))
    };
    text.lines().enumerate().filter_map(line).collect()
}

/// The text with comment lines emptied, and nothing of an inline test module.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    own.lines()
        .map(|line| if line.trim_start().starts_with("//") { "\n".to_owned() } else { format!("{line}\n") })
        .collect()
}

/// The `.rs` files of a crate but for its unit tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().unwrap() != "tests" {
                files.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") && path.file_name().unwrap() != "tests.rs"
        {
            files.push(path);
        }
    }
    files
}

/// Names under `[dependencies]` of a manifest, not those for tests.
fn dependencies(krate: &Path) -> Vec<String> {
    let manifest: toml::Table = fs::read_to_string(krate.join("Cargo.toml")).unwrap().parse().unwrap();
    manifest.get("dependencies").and_then(toml::Value::as_table).unwrap().keys().cloned().collect()
}

fn crates() -> Vec<String> {
    let entries = fs::read_dir(root().join("crates")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn is_code(file: &Path) -> bool {
    file.extension()
        .is_none_or(|extension| ["rs", "toml", "js", "mjs", "sh", "sql"].iter().any(|known| extension == *known))
}

/// Tracked files that are text of ours: not locks, not fixtures that others wrote.
fn text_files() -> Vec<PathBuf> {
    let foreign = ["Cargo.lock", "package-lock.json"];
    let mut files = tracked();
    files.retain(|file| {
        !foreign.iter().any(|name| file.ends_with(name))
            && !file.components().any(|part| part.as_os_str() == "fixtures")
    });
    files
}

/// What Git knows of; all files of the folders that are ours where there is no Git (a source archive).
fn tracked() -> Vec<PathBuf> {
    let listed = Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output();
    match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = String::from_utf8(output.stdout).unwrap();
            names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect()
        }
        _ => ["crates", "tests/it", "scripts", "config", "docs"].iter().flat_map(|folder| every_file(folder)).collect(),
    }
}

fn every_file(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path.strip_prefix(root()).unwrap().to_owned()) }
        }
    }
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
