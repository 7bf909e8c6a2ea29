//! The operator's guide, in both languages: its commands exist, and its first tour ends as it says.

use std::fs;
use std::path::Path;

use autobot_cli::args::Cli;
use clap::Parser as _;
use tempfile::TempDir;

use crate::program::{Ran, autobot};

/// Both guides: the same text in two languages.
const GUIDES: [&str; 2] = ["docs/guide.md", "docs/guia.md"];

#[test]
fn every_command_of_the_guides_parses() {
    for guide in GUIDES {
        let commands = commands(&read(guide));
        assert!(commands.len() >= 25, "{guide}: only {} commands were found", commands.len());
        for command in commands {
            if let Err(error) = Cli::try_parse_from(command.split_whitespace()) {
                panic!("{guide}: `{command}`\n{error}");
            }
        }
    }
}

#[test]
fn both_guides_have_the_same_commands_in_the_same_order() {
    let [english, spanish] = GUIDES.map(read);
    assert_eq!(commands(&english), commands(&spanish));
    for info in ["text", "toml", "powershell"] {
        assert_eq!(blocks(&english, info), blocks(&spanish, info), "blocks of {info}");
    }
}

/// Each settings block is laid over what is shipped, by the program itself.
#[test]
fn the_settings_of_the_guide_are_known() {
    let dir = TempDir::new().unwrap();
    let blocks = blocks(&read(GUIDES[0]), "toml");
    assert!(!blocks.is_empty());
    for block in blocks {
        let path = dir.path().join("autobot.toml");
        fs::write(&path, &block).unwrap();
        let ran = Ran::of(autobot().args(["status", "--app"]).arg(dir.path()).arg("--config").arg(&path));
        assert_ne!(ran.code, 3, "{block}\n{}", ran.err);
    }
}

/// The tour of the section "Try it", in a directory of its own: each command ends well, and what the guide shows of
/// their output is what they print.
#[test]
fn the_tour_ends_as_the_guide_says() {
    let guide = read(GUIDES[0]);
    let tour = section(&guide, "## 2. Try it");
    let commands = commands(tour);
    let verbs: Vec<_> = commands.iter().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    assert_eq!(verbs, ["demo", "status", "verify", "backup", "monitor", "rollback", "server"]);

    let dir = TempDir::new().unwrap();
    let _stop = StopServer(dir.path());
    let mut printed = String::new();
    for command in &commands {
        printed.push_str(&go(dir.path(), command));
        if command.starts_with("autobot verify") {
            let report = "autobot-demo/.autobot-migration/reports/report.json";
            printed.push_str(&go(dir.path(), &format!("autobot verify --app autobot-demo --against {report}")));
        }
    }
    let shown =
        [blocks(tour, "text"), blocks(section(&guide, "## 8. "), "text"), blocks(section(&guide, "## 11. "), "text")];
    let printed: Vec<String> = printed.lines().map(plain).collect();
    for line in shown.iter().flatten().flat_map(|block| block.lines()) {
        assert!(
            printed.iter().any(|one| fits(one, &plain(line))),
            "the guide shows\n{line}\nin\n{}",
            printed.join("\n")
        );
    }
}

/// The refusal that the guide shows for a date that is none.
#[test]
fn the_refusal_is_what_the_guide_shows() {
    let dir = TempDir::new().unwrap();
    let sample = autobot_sample::make(&dir.path().join("AutoBOT"), &autobot_sample::SampleOptions::small()).unwrap();
    let database = sample.root.join("server/prisma/dev.db");
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute("update Client set lastBroadcastAt = '31/02/2024' where rowid = 3", []).unwrap();
    drop(connection);
    let ran = Ran::of(autobot().arg("assess").arg("--app").arg(&sample.root)).exits(5);
    let printed: Vec<String> = format!("{}\n{}", ran.out, ran.err).lines().map(plain).collect();
    for block in blocks(section(&read(GUIDES[0]), "## 7. "), "text") {
        for line in block.lines() {
            assert!(printed.iter().any(|one| fits(one, &plain(line))), "the guide shows\n{line}\nin\n{}", ran.out);
        }
    }
}

/// Stops the tour's server also when the tour fails.
struct StopServer<'a>(&'a Path);

impl Drop for StopServer<'_> {
    fn drop(&mut self) {
        let app = self.0.join("autobot-demo");
        drop(autobot().args(["server", "stop", "--app"]).arg(app).output());
    }
}

/// Runs a command line of the guide; both streams.
#[track_caller]
fn go(dir: &Path, line: &str) -> String {
    let ran = Ran::of(autobot().current_dir(dir).args(line.split_whitespace().skip(1))).exits(0);
    format!("{}\n{}\n", ran.out, ran.err)
}

/// Lines of the `sh` blocks that call the program, without their comments.
fn commands(text: &str) -> Vec<String> {
    let lines = blocks(text, "sh");
    let lines = lines.iter().flat_map(|block| block.lines()).filter(|line| line.starts_with("autobot "));
    lines.map(|line| line.split(" #").next().unwrap().trim().to_owned()).collect()
}

/// The code blocks of one language.
fn blocks(text: &str, info: &str) -> Vec<String> {
    let fences = text.split("```").collect::<Vec<_>>();
    let inside = fences.iter().skip(1).step_by(2);
    inside.filter_map(|block| block.strip_prefix(info)?.strip_prefix('\n')).map(str::to_owned).collect()
}

/// From a heading to the next of its level.
#[track_caller]
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("\n{heading}")).unwrap_or_else(|| panic!("no section `{heading}`"));
    rest.split("\n## ").next().unwrap()
}

/// A line without what differs from run to run: numbers, and the width of columns.
fn plain(line: &str) -> String {
    let mut text = String::new();
    for c in line.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if c != '0' || !text.ends_with('0') {
            text.push(c);
        }
    }
    text
}

/// Whether a printed line is the shown one, where `…` stands for anything.
fn fits(printed: &str, shown: &str) -> bool {
    let mut rest = printed;
    for part in shown.split('…') {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::read_to_string(root.join(path)).unwrap()
}
