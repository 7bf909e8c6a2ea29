use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;

use serde_json::Value;

use crate::args::Global;

/// Where output goes: data to stdout, everything for eyes to stderr. Also knows how much to say.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug)]
pub struct Output {
    json: bool,
    quiet: bool,
    yes: bool,
    /// True when bars may be drawn.
    pub bars: bool,
    eyes: Mutex<io::Stderr>,
}

impl Output {
    /// As the options say.
    pub fn new(global: &Global) -> Self {
        let bars = !global.no_progress && !global.quiet && io::stderr().is_terminal();
        Self { json: global.json, quiet: global.quiet, yes: global.yes, bars, eyes: Mutex::new(io::stderr()) }
    }

    /// True when stdout gets one JSON document.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A line for eyes; not with `--quiet`.
    pub fn say(&self, text: impl AsRef<str>) {
        if !self.quiet && !text.as_ref().is_empty() {
            self.insist(text);
        }
    }

    /// A line for eyes, even with `--quiet`.
    pub fn insist(&self, text: impl AsRef<str>) {
        if let Ok(mut eyes) = self.eyes.lock() {
            // Nobody is left to tell when stderr is closed.
            let _ = writeln!(eyes, "{}", text.as_ref());
        }
    }

    /// The result: the document with `--json`, else the text. A closed pipe is a quiet end.
    pub fn result(&self, text: &str, document: &Value) {
        if self.json {
            self::document(document);
        } else {
            self.data(text);
        }
    }

    /// Raw data for stdout (a script, a rules file).
    pub fn data(&self, text: &str) {
        to_stdout(text);
    }

    /// Asks a question; true with `--yes`, or where nobody is there to ask.
    pub fn confirm(&self, question: &str) -> bool {
        if self.yes || !io::stdin().is_terminal() {
            return true;
        }
        self.insist(format!("{question} [y/N] "));
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "s" | "si" | "sí")
    }
}

/// One JSON document on stdout.
pub fn document(document: &Value) {
    to_stdout(&serde_json::to_string_pretty(document).unwrap_or_default());
}

fn to_stdout(text: &str) {
    let mut stdout = io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(stdout, "{text}{end}").and_then(|()| stdout.flush());
}
