//! Words that stay one word, whatever is in them.

use std::path::Path;

/// For a POSIX shell.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// For PowerShell.
pub(super) fn power_shell(text: &str) -> String {
    format!("'{}'", whole_at_its_end(text).replace('\'', "''"))
}

/// For a Windows batch file: a percent sign begins a variable even in quotes.
pub(super) fn batch(text: &str) -> String {
    format!("\"{}\"", whole_at_its_end(text).replace('%', "%%"))
}

/// A folder's last backslash twice: once, it would take the closing quote for a part of the word.
fn whole_at_its_end(text: &str) -> String {
    if text.ends_with('\\') && !text.ends_with("\\\\") { format!("{text}\\") } else { text.to_owned() }
}

/// For a line of `crontab`, where a percent sign ends the command.
pub(super) fn cron(text: &str) -> String {
    shell(text).replace('%', "\\%")
}

/// For a unit file of systemd (`systemd.syntax`, `systemd.service`): `%` begins a specifier, `$` a variable.
pub(super) fn systemd(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{text}\"")
}

/// For a path setting of systemd, which takes quotes as they are.
pub(super) fn systemd_path(path: &Path) -> String {
    path.display().to_string().replace('%', "%%")
}

/// For XML text.
pub(super) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
