//! The operator's guide, in both languages: every command in it is typed and everything it shows is printed.
//!
//! The blocks say what is done with them. `sh`: each line is run, in order, in a home with a sample AutoBOT; a line ends
//! with exit 0, or with what its comment says (`# exit 5`). `text`: what the lines of the `sh` block before it print, in
//! that order; digits and the width of columns are let pass, `…` is anything. `toml`: settings that are known; one that
//! names `config/autobot.toml` in its first line is added to that file. `bash` and `powershell`: not run here, since they
//! are for another machine; commands of the program are parsed, files that they name are there after the migration.

use std::fs;
use std::path::{Path, PathBuf};

use autobot_cli::args::Cli;
use clap::Parser as _;
use tempfile::TempDir;

use crate::program::{Ran, autobot};

/// Both guides: the same text in two languages.
const GUIDES: [&str; 2] = ["docs/guide.md", "docs/guia.md"];

/// A guide is read in one sitting.
const LINES_MAX: usize = 250;

#[test]
fn guides_are_short() {
    for guide in GUIDES {
        let lines = read(guide).lines().count();
        assert!(lines <= LINES_MAX, "{guide}: {lines} lines");
    }
}

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
    let without_lang: Vec<String> = commands(&spanish).iter().map(|line| line.replace(" --lang es", "")).collect();
    assert_eq!(commands(&english), without_lang);
    let kinds = |text: &str| blocks(text).into_iter().map(|block| block.info).collect::<Vec<_>>();
    assert_eq!(kinds(&english), kinds(&spanish));
    assert_eq!(
        english.lines().filter(|line| line.starts_with("| ")).count(),
        spanish.lines().filter(|line| line.starts_with("| ")).count(),
        "rows of tables"
    );
}

/// Each settings block is laid over what is shipped, by the program itself.
#[test]
fn the_settings_of_the_guides_are_known() {
    let dir = TempDir::new().unwrap();
    for guide in GUIDES {
        for block in blocks(&read(guide)).iter().filter(|block| block.info == "toml") {
            let path = dir.path().join("autobot.toml");
            fs::write(&path, &block.text).unwrap();
            let ran = Ran::of(autobot().args(["status", "--app"]).arg(dir.path()).arg("--config").arg(&path));
            assert_eq!(ran.code, 0, "{}\n{}", block.text, ran.err);
        }
    }
}

#[test]
fn the_english_guide_ends_as_it_says() {
    autobot_testkit::skip_without_postgres!();
    Reading::of(GUIDES[0]).run_to_its_end();
}

#[test]
fn the_spanish_guide_ends_as_it_says() {
    autobot_testkit::skip_without_postgres!();
    Reading::of(GUIDES[1]).run_to_its_end();
}

/// Somebody who types what the guide says, with a home of their own.
struct Reading {
    guide: String,
    home: TempDir,
    /// Where they are.
    dir: PathBuf,
    /// What the last `sh` block printed, and what of it was shown already.
    printed: Vec<String>,
}

impl Reading {
    fn of(guide: &str) -> Self {
        let home = TempDir::new().unwrap();
        let app = home.path().join("AutoBOT");
        let sample = autobot_sample::make(&app, &autobot_sample::SampleOptions::small()).unwrap();
        // The row that section 3 tells of.
        let bad = "update Client set lastBroadcastAt = '31/02/2024' where rowid = 3";
        rusqlite::Connection::open(sample.database).unwrap().execute(bad, []).unwrap();
        let dir = home.path().to_owned();
        Self { guide: read(guide), home, dir, printed: Vec::new() }
    }

    fn run_to_its_end(mut self) {
        for block in blocks(&self.guide) {
            match block.info.as_str() {
                "sh" => self.type_in(&block.text),
                "text" => self.compare(&block.text),
                "toml" if block.text.lines().next().unwrap().contains("config/autobot.toml") => {
                    let file = self.dir.join("config/autobot.toml");
                    let known = fs::read_to_string(&file).unwrap();
                    fs::write(&file, format!("{known}\n{}", block.text)).unwrap();
                }
                "toml" => {}
                "bash" | "powershell" => self.check_files(&block.text),
                other => panic!("a block of `{other}` is not read by this test"),
            }
        }
    }

    /// Types the lines of a block.
    #[track_caller]
    fn type_in(&mut self, text: &str) {
        self.printed.clear();
        for line in text.lines() {
            let (line, comment) = line.split_once('#').unwrap_or((line, ""));
            let expected = expected_exit(comment);
            if let Some(place) = line.trim().strip_prefix("cd ") {
                self.dir = self.home.path().join(place.trim_start_matches("~/"));
                continue;
            }
            let words = line.split_whitespace().skip(1).map(|word| self.newest(word));
            let ran = Ran::of(autobot().current_dir(&self.dir).args(words));
            assert_eq!(ran.code, expected, "{line}\n{}\n{}", ran.out, ran.err);
            // Both streams end up on one screen: what is for eyes first, then the result.
            self.printed.extend([&ran.err, &ran.out].into_iter().flat_map(|text| text.lines()).map(plain));
        }
    }

    /// A backup of the guide is the newest one here.
    fn newest(&self, word: &str) -> String {
        let Some((folder, name)) = word.rsplit_once('/') else { return word.to_owned() };
        if !(name.starts_with("autobot_") && name.ends_with(".sql.gz")) {
            return word.to_owned();
        }
        let names = fs::read_dir(self.dir.join(folder)).unwrap().map(|file| file.unwrap().file_name());
        let newest = names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".sql.gz")).max();
        format!("{folder}/{}", newest.unwrap())
    }

    /// Each line shown was printed, in that order.
    #[track_caller]
    fn compare(&self, shown: &str) {
        let mut rest = self.printed.iter();
        for line in shown.lines() {
            let line = plain(line);
            let found = rest.any(|printed| fits(printed, &line));
            assert!(found, "the guide shows\n{line}\nin\n{}", self.printed.join("\n"));
        }
    }

    /// Files of the checkout that a block names for another machine are there, where they are those of phase 6.
    #[track_caller]
    fn check_files(&self, text: &str) {
        for word in text.split([' ', ')', '\n', ';']).map(|word| word.replace('\\', "/")) {
            if word.starts_with("scripts/") {
                assert!(self.dir.join(&word).is_file(), "{word} is not there");
            }
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        for app in ["AutoBOT", "autobot-demo"] {
            let app = self.home.path().join(app);
            drop(autobot().args(["server", "stop", "--app"]).arg(app).output());
        }
    }
}

/// A fenced block.
struct Block {
    info: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let fences: Vec<&str> = text.split("```").collect();
    let inside = fences.iter().skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    inside.map(|(info, text)| Block { info: info.to_owned(), text: text.to_owned() }).collect()
}

/// Lines of the blocks that call the program, without their comments.
fn commands(text: &str) -> Vec<String> {
    let blocks = blocks(text);
    let typed = blocks.iter().filter(|block| ["sh", "bash", "powershell"].contains(&block.info.as_str()));
    let lines = typed.flat_map(|block| block.text.lines()).filter(|line| line.starts_with("autobot "));
    lines.map(|line| line.split('#').next().unwrap().trim().to_owned()).collect()
}

/// The exit code that a comment speaks of: `exit 5`, `código 5`.
fn expected_exit(comment: &str) -> i32 {
    let words: Vec<&str> = comment.split([' ', ':', ',']).collect();
    let code = words.windows(2).find(|pair| ["exit", "código"].contains(&pair[0])).map(|pair| pair[1]);
    code.map_or(0, |code| code.parse().unwrap())
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
