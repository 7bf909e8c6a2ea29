//! Rules as the settings take them.

use std::fmt::Write as _;

use autobot_db::{ColumnName, TableName};

/// Keys and values that stand below one heading.
pub(crate) type Keys = Vec<(&'static str, String)>;

/// `[rules.tables."t".columns."c"]`.
pub(crate) fn heading(table: &TableName, column: Option<&ColumnName>) -> String {
    let table = quoted(table.as_str());
    match column {
        None => format!("[rules.tables.{table}]"),
        Some(column) => format!("[rules.tables.{table}.columns.{}]", quoted(column.as_str())),
    }
}

/// A rule as settings: its heading, then a line for each key.
pub(crate) fn rule(heading: &str, keys: &Keys) -> String {
    keys.iter().fold(heading.to_owned(), |text, (key, value)| format!("{text}\n{}", line(key, value)))
}

/// Rules in one line for eyes: `[…] as = "text"; or on_invalid = "null"`.
pub(crate) fn in_words(heading: &str, rules: &[Keys]) -> String {
    let keys = |keys: &Keys| keys.iter().map(|(key, value)| line(key, value)).collect::<Vec<_>>().join(" with ");
    format!("{heading} {}", rules.iter().map(keys).collect::<Vec<_>>().join("; or "))
}

/// `key = "value"`; what is true or not is no string.
fn line(key: &str, value: &str) -> String {
    if key == "skip" { format!("{key} = {value}") } else { format!("{key} = {}", quoted(value)) }
}

/// A basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            character if character.is_control() => {
                // Writing into a text does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
