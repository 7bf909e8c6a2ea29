//! What the documents say is what the program does.

use std::fs;
use std::path::Path;

use autobot_cli::args::Cli;
use clap::Parser as _;

use crate::program::run;

#[test]
fn the_reference_is_what_the_program_prints() {
    let printed = run(["reference"]).exits(0).out;
    let path = root().join("docs/cli.md");
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, printed, "type: cargo run -p autobot-cli -- reference > docs/cli.md");
}

#[test]
fn every_command_in_the_documents_parses() {
    let mut seen = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for line in commands(&text) {
            let words = split(&line);
            if let Err(error) = Cli::try_parse_from(&words)
                && error.use_stderr()
            {
                panic!("{}: `{line}`\n{error}", document.display());
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} commands were found: the documents are not read as they should be");
}

/// A link to a file of this repository leads somewhere.
#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let target = document.parent().unwrap().join(path);
            assert!(target.exists(), "{} links to {path}, which is not there", document.display());
        }
    }
}

#[test]
fn the_architecture_fits_two_pages() {
    let lines = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap().lines().count();
    assert!(lines <= 120, "{lines} lines");
}

/// Every crate is in the map of crates, and the map names none that is not there.
#[test]
fn the_map_of_crates_is_true() {
    let text = fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(text.contains(&format!("**{name}**")) || name == "cli", "crate {name} is not in docs/ARCHITECTURE.md");
    }
}

/// Command lines of a document: lines of code blocks, and code in a line, that begin with `autobot `.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block: Option<bool> = None;
    for line in text.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            block = match block {
                None => Some(["sh", "bash", "console"].contains(&info.trim())),
                Some(_) => None,
            };
            continue;
        }
        match block {
            Some(true) => {
                let command = line.trim().trim_start_matches("$ ");
                let command =
                    command.split(" # ").next().unwrap().split(" | ").next().unwrap().split(" > ").next().unwrap();
                let own = ["cargo run -p autobot-cli -- ", "cargo run --package autobot-cli -- "];
                let command = own
                    .iter()
                    .find_map(|own| command.strip_prefix(own))
                    .map(|rest| format!("autobot {rest}"))
                    .unwrap_or_else(|| command.to_owned());
                if command.starts_with("autobot ") {
                    found.push(command.trim().to_owned());
                }
            }
            Some(false) => {}
            None => {
                let code = line.split('`').skip(1).step_by(2).filter(|code| code.starts_with("autobot "));
                // With a placeholder or an ellipsis it is prose.
                found.extend(code.filter(|code| !code.contains(['…', '<', '['])).map(str::to_owned));
            }
        }
    }
    found
}

/// Words of a shell line; only the quotes that the documents use.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ') => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (_, c) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn documents() -> Vec<std::path::PathBuf> {
    let mut documents = vec![root().join("README.md")];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let path = entry.unwrap().path();
        // The reference is generated from the program itself.
        if path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("cli.md") {
            documents.push(path);
        }
    }
    documents
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
