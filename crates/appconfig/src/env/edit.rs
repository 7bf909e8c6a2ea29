//! Setting one key of a `.env` file so that every other byte stays.

use std::ops::Range;

use autobot_db::Secret;

use super::parse::{Assignment, Quote, assignments, effective};

/// A value to set, and lines in comment form to keep below it.
pub(crate) struct Wanted<'a> {
    /// The key.
    pub(crate) key: &'a str,
    /// Its value.
    pub(crate) value: &'a Secret,
    /// Other values, as comments: a label line and the assignment behind `# `.
    pub(crate) commented: Vec<(String, Secret)>,
}

/// Why a file cannot be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is UTF-16: dotenv reads UTF-8 and would see no key in it.
    Utf16,
    /// No way of writing the value leaves the other keys as they are.
    NoSafeForm,
}

/// The file with the key set. The same file again when nothing has to change.
///
/// What is written is read back by the same grammar as dotenv's: the key must have the value and every other key the
/// one it had, or the file is refused.
pub(crate) fn set(file: &[u8], wanted: &Wanted<'_>) -> Result<Vec<u8>, Refusal> {
    if file.starts_with(&[0xFF, 0xFE]) || file.starts_with(&[0xFE, 0xFF]) {
        return Err(Refusal::Utf16);
    }
    let before = assignments(file);
    let value = wanted.value.expose();
    let mut edited = match effective(&before, wanted.key) {
        Some(now) if now.value == value.as_bytes() => file.to_vec(),
        // `KEY:` takes the whole next line for its value, which its author meant as another key.
        Some(now) if now.quote == Quote::Bare && file[now.statement.start..now.raw.start].contains(&b'\n') => {
            return Err(Refusal::NoSafeForm);
        }
        Some(now) => first_safe(&before, wanted, &forms(now, value), |form| replaced(file, now, form))?,
        None => first_safe(&before, wanted, &forms_of_new(value), |form| added(file, wanted.key, form))?,
    };
    for (label, value) in &wanted.commented {
        edited = with_comment(&edited, wanted.key, label, value.expose());
    }
    if !keeps_meaning(&before, &assignments(&edited), wanted) {
        return Err(Refusal::NoSafeForm);
    }
    Ok(edited)
}

/// The line (from 1) on which a byte stands.
pub(crate) fn line_of(file: &[u8], at: usize) -> usize {
    let before = &file[..at];
    let feeds = line_feeds(before);
    let lone = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    feeds + lone + 1
}

/// The line end of the file: that of most lines, a line feed where there is none.
pub(crate) fn line_end(file: &[u8]) -> &'static [u8] {
    let feeds = line_feeds(file);
    let pairs = file.windows(2).filter(|pair| pair == b"\r\n").count();
    match (feeds, pairs) {
        (0, _) if file.contains(&b'\r') => b"\r",
        (feeds, pairs) if pairs * 2 > feeds => b"\r\n",
        _ => b"\n",
    }
}

fn line_feeds(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').count() - 1
}

/// Ways of writing the value, that of the present one first.
fn forms(now: &Assignment, value: &str) -> Vec<String> {
    // A shell that reads `export KEY=a&b` would run `b`; dotenv itself does not mind.
    let shell_would_split = now.exported && value.contains(['&', ';', '(', ')']);
    let kept = if now.quote == Quote::Bare && shell_would_split { Quote::Double } else { now.quote };
    let mut forms = vec![quoted(value, kept)];
    forms.extend(forms_of_new(value));
    if now.raw.is_empty() && now.colon {
        forms = forms.into_iter().map(|form| format!(" {form}")).collect();
    }
    forms
}

fn forms_of_new(value: &str) -> Vec<String> {
    [Quote::Double, Quote::Single, Quote::Bare].into_iter().map(|quote| quoted(value, quote)).collect()
}

fn quoted(value: &str, quote: Quote) -> String {
    match quote {
        Quote::Bare => value.to_owned(),
        Quote::Single => format!("'{value}'"),
        Quote::Double => format!("\"{value}\""),
        Quote::Backtick => format!("`{value}`"),
    }
}

fn first_safe(
    before: &[Assignment],
    wanted: &Wanted<'_>,
    forms: &[String],
    write: impl Fn(&str) -> Vec<u8>,
) -> Result<Vec<u8>, Refusal> {
    let mut candidates = forms.iter().map(|form| write(form));
    candidates.find(|candidate| keeps_meaning(before, &assignments(candidate), wanted)).ok_or(Refusal::NoSafeForm)
}

/// True when the key has its value and all else is as before.
fn keeps_meaning(before: &[Assignment], after: &[Assignment], wanted: &Wanted<'_>) -> bool {
    // Expansion (`$NAME`, `${NAME}`) is done by Prisma's CLI and by dotenv-expand whatever the quotes.
    let value = wanted.value.expose();
    let set = effective(after, wanted.key).is_some_and(|now| now.value == value.as_bytes());
    let others = |list: &[Assignment]| -> Vec<(String, Vec<u8>)> {
        let others = list.iter().filter(|one| one.key != wanted.key);
        others.map(|one| (one.key.clone(), one.value.clone())).collect()
    };
    let count = |list: &[Assignment]| list.iter().filter(|one| one.key == wanted.key).count();
    set && !value.contains('$') && others(before) == others(after) && count(after) == count(before).max(1)
}

fn replaced(file: &[u8], now: &Assignment, form: &str) -> Vec<u8> {
    spliced(file, &now.raw, form.as_bytes())
}

/// The line at the end, in the file's own line ends; a file without a last line end keeps doing without.
fn added(file: &[u8], key: &str, form: &str) -> Vec<u8> {
    let end = line_end(file);
    let line = format!("{key}={form}");
    let unended = !file.is_empty() && !file.ends_with(b"\n") && !file.ends_with(b"\r") && file != b"\xEF\xBB\xBF";
    let parts: [&[u8]; 3] = if unended { [file, end, line.as_bytes()] } else { [file, line.as_bytes(), end] };
    parts.concat()
}

/// Puts `# label` and `# KEY="value"` below the key's line; a pair with the same label is brought up to date.
fn with_comment(file: &[u8], key: &str, label: &str, value: &str) -> Vec<u8> {
    let end = line_end(file);
    let (label, line) = (format!("# {label}"), format!("# {key}=\"{value}\""));
    let lines = line_ranges(file);
    let labelled = lines.iter().position(|range| file[range.clone()] == *label.as_bytes());
    let beginning = format!("# {key}=");
    let below = labelled
        .and_then(|at| lines.get(at + 1))
        .filter(|range| file[(*range).clone()].starts_with(beginning.as_bytes()));
    if let Some(range) = below {
        return spliced(file, range, line.as_bytes());
    }
    let all = assignments(file);
    let Some(active) = effective(&all, key) else { return file.to_vec() };
    let at = lines.iter().map(|range| range.end).find(|stop| *stop >= active.raw.end).unwrap_or(file.len());
    spliced(file, &(at..at), &[end, label.as_bytes(), end, line.as_bytes()].concat())
}

/// Lines without their ends.
fn line_ranges(file: &[u8]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, byte) in file.iter().enumerate() {
        match byte {
            b'\n' if at > 0 && file[at - 1] == b'\r' => start = at + 1,
            b'\n' | b'\r' => {
                ranges.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    ranges.push(start..file.len());
    ranges
}

fn spliced(file: &[u8], range: &Range<usize>, new: &[u8]) -> Vec<u8> {
    [&file[..range.start], new, &file[range.end..]].concat()
}
