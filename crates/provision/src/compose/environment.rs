//! `.env` files and `${…}` as `docker compose` understands them.

use std::collections::BTreeMap;

/// Reads `NAME=value` lines; comments, `export` and surrounding quotes are taken off.
pub(super) fn parse(text: &str) -> BTreeMap<String, String> {
    text.trim_start_matches('\u{feff}').lines().filter_map(line).collect()
}

fn line(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let text = text.strip_prefix("export ").unwrap_or(text);
    if text.starts_with('#') {
        return None;
    }
    let (name, value) = text.split_once('=')?;
    Some((name.trim().to_owned(), unquoted(value.trim())))
}

fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inside.to_owned();
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

/// Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}` and their like; `$$` is a dollar.
///
/// `:?` and `?` (an error when missing) give nothing here: `docker compose` itself then says so.
pub(super) fn interpolate(text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        result.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            result.push('$');
            rest = after;
        } else if let Some((inside, after)) = rest.strip_prefix('{').and_then(braced) {
            result.push_str(&value_of(inside, variables));
            rest = after;
        } else {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            match &rest[..end] {
                "" => result.push('$'),
                name => result.push_str(variables.get(name).map(String::as_str).unwrap_or_default()),
            }
            rest = &rest[end..];
        }
    }
    result + rest
}

/// What is inside braces, nested ones included, and what follows.
fn braced(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

fn value_of(inside: &str, variables: &BTreeMap<String, String>) -> String {
    let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inside.len());
    let (name, operator) = inside.split_at(end);
    let set = variables.get(name);
    let set_and_not_empty = set.filter(|value| !value.is_empty());
    if let Some(default) = operator.strip_prefix(":-") {
        return set_and_not_empty.cloned().unwrap_or_else(|| interpolate(default, variables));
    }
    if let Some(default) = operator.strip_prefix('-') {
        return set.cloned().unwrap_or_else(|| interpolate(default, variables));
    }
    if let Some(other) = operator.strip_prefix(":+") {
        return set_and_not_empty.map(|_| interpolate(other, variables)).unwrap_or_default();
    }
    if let Some(other) = operator.strip_prefix('+') {
        return set.map(|_| interpolate(other, variables)).unwrap_or_default();
    }
    set.cloned().unwrap_or_default()
}
