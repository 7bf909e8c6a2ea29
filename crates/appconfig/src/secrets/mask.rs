//! Texts with every secret covered: for diffs on a screen, and for `.env.example`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::classify::{is_secret, login, without_login, word_is_secret};
use crate::env::{Assignment, assignments};

/// What stands in the place of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cover {
    /// `****`
    Stars,
    /// `your_openai_api_key_here`, as in the plan's `.env.example`.
    Placeholder,
}

/// A secret shorter than this is not looked for outside its own value: it would be found in half of all words.
const SOUGHT_LENGTH_MIN: usize = 6;

static COMMENTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?P<head>\s*#[#\s]*(?:export\s+)?(?P<key>[\w.-]+)\s*=\s*)(?P<open>["'`]?)(?P<value>.*?)(?P<close>["'`]?\s*)$"#,
    )
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?P<name>\b(?:pass\w*|pwd|contrase\w*|clave|secret\w*|token|api[-_ ]?key)\b\s*[:=]\s*)(?P<value>\S+)")
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are constants that every test compiles")
}

impl Cover {
    /// What is shown for a secret value.
    fn of(self, key: &str, value: &str) -> String {
        match self {
            Self::Stars => {
                let user = login(value).and_then(|login| login.split_once(':')).map_or("****", |(user, _)| user);
                without_login(value, &format!("{user}:****")).unwrap_or_else(|| "****".to_owned())
            }
            Self::Placeholder => without_login(value, "user:password").unwrap_or_else(|| placeholder(key)),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Stars => "****",
            Self::Placeholder => "your_secret_here",
        }
    }
}

/// A `.env` file as it may be shown.
pub(crate) fn masked_env(file: &[u8]) -> String {
    String::from_utf8_lossy(&covered(file, Cover::Stars)).into_owned()
}

/// Any other text as it may be shown: logins in URLs, keys, and the given secrets are covered.
pub(crate) fn masked_text(text: &str, known: &[String]) -> String {
    prose(text, known, Cover::Stars)
}

/// A `.env` file with every secret covered: values, commented-out values, prose of comments, and lines that dotenv
/// does not understand.
pub(crate) fn covered(file: &[u8], cover: Cover) -> Vec<u8> {
    let all = assignments(file);
    let known = secrets_of(&all);
    let mut shown = Vec::with_capacity(file.len());
    let mut at = 0;
    for one in &all {
        shown.extend(between(&file[at..one.statement.start], &known, cover));
        shown.extend(&file[one.statement.start..one.raw.start]);
        shown.extend(value(file, one, cover));
        at = one.raw.end;
    }
    shown.extend(between(&file[at..], &known, cover));
    shown
}

fn value(file: &[u8], one: &Assignment, cover: Cover) -> Vec<u8> {
    let raw = &file[one.raw.clone()];
    let text = String::from_utf8_lossy(&one.value);
    if !is_secret(&one.key, &text) {
        return raw.to_vec();
    }
    let quoted = raw.len() >= 2 && matches!(raw[0], b'"' | b'\'' | b'`') && raw.last() == raw.first();
    let inner: Range<usize> = if quoted { 1..raw.len() - 1 } else { 0..raw.len() };
    [&raw[..inner.start], cover.of(&one.key, &text).as_bytes(), &raw[inner.end..]].concat()
}

/// What stands between assignments: comments, blank lines, and whatever dotenv skips.
fn between(part: &[u8], known: &[String], cover: Cover) -> Vec<u8> {
    let text = String::from_utf8_lossy(part);
    text.split_inclusive(['\n', '\r']).map(|line| comment(line, known, cover)).collect::<String>().into_bytes()
}

fn comment(line: &str, known: &[String], cover: Cover) -> String {
    let ended = line.trim_end_matches(['\n', '\r']);
    let end = &line[ended.len()..];
    let blank = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty();
    let body = ended.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if blank(ended) {
        return line.to_owned();
    }
    if !body.starts_with('#') {
        return format!("{}{end}", if cover == Cover::Stars { "****" } else { "" });
    }
    let shown = match COMMENTED.captures(ended) {
        Some(parts) if is_secret(&parts["key"], &parts["value"]) => {
            let value = cover.of(&parts["key"], &parts["value"]);
            format!("{}{}{value}{}", &parts["head"], &parts["open"], &parts["close"])
        }
        _ => prose(ended, known, cover),
    };
    format!("{shown}{end}")
}

fn prose(text: &str, known: &[String], cover: Cover) -> String {
    let mut shown = text.to_owned();
    for secret in known {
        shown = shown.replace(secret.as_str(), cover.word());
    }
    shown =
        NAMED.replace_all(&shown, |parts: &Captures<'_>| format!("{}{}", &parts["name"], cover.word())).into_owned();
    let words = shown.split_inclusive(char::is_whitespace);
    let covered = words.map(|word| {
        let bare = word.trim_end();
        if word_is_secret(bare) { format!("{}{}", cover.word(), &word[bare.len()..]) } else { word.to_owned() }
    });
    covered.collect()
}

/// Secrets that may have been repeated in a comment: whole values, and passwords of URLs.
fn secrets_of(all: &[Assignment]) -> Vec<String> {
    let mut known = Vec::new();
    for one in all {
        let value = String::from_utf8_lossy(&one.value).into_owned();
        if !is_secret(&one.key, &value) {
            continue;
        }
        let password = login(&value).and_then(|login| login.split_once(':')).map(|(_, password)| password.to_owned());
        // `postgres` is a password too, and the beginning of every URL.
        known.extend(password.filter(|password| !"postgresql".contains(password.as_str())));
        known.push(value);
    }
    known.retain(|secret| secret.len() >= SOUGHT_LENGTH_MIN);
    known.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    known
}

/// `your_openai_api_key_here` for `OPENAI_API_KEY`.
fn placeholder(key: &str) -> String {
    let name: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    format!("your_{name}_here")
}
