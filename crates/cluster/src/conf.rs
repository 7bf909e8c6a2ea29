//! The text of `autobot.conf`, the settings of a private server.

use std::fmt::Write as _;

use crate::{Error, Result};

/// The file's name inside the data directory.
pub(crate) const FILE: &str = "autobot.conf";

/// The line that `postgresql.conf` gets, once.
pub(crate) const INCLUDE: &str =
    "\n# Port, addresses and other settings of autobot's private server:\ninclude_if_exists = 'autobot.conf'\n";

/// Writes settings one per line, each value quoted.
pub(crate) fn text<'a>(settings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String> {
    let mut text = String::from("# Written by autobot at each start of the server; put changes elsewhere.\n");
    for (name, value) in settings {
        if !is_name(name) {
            return Err(Error::SettingName { name: name.to_owned() });
        }
        writeln!(text, "{name} = {}", quoted(value)).expect("a String can always be written to");
    }
    Ok(text)
}

/// A list entry for `unix_socket_directories`, where a comma or a space would end an entry.
pub(crate) fn list_entry(path: &str) -> String {
    format!("\"{}\"", path.replace('"', "\"\""))
}

/// Settings are words of letters, digits and underscores, an extension's with one dot.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || "_.".contains(character))
}

/// A quoted value: quotes are doubled, and backslashes too, since PostgreSQL reads `\n` and the like inside quotes.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "''").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted() {
        let written = text([("port", "5432"), ("application_name", "it's a \\ line\nmore")]).unwrap();
        assert!(written.ends_with("port = '5432'\napplication_name = 'it''s a \\\\ line\\nmore'\n"), "{written}");
    }

    #[test]
    fn a_name_cannot_smuggle_a_line_in() {
        for name in ["", "a\nb", "a = 'b'", "1a", ".a", "é"] {
            assert!(matches!(text([(name, "x")]), Err(Error::SettingName { .. })), "{name}");
        }
    }
}
