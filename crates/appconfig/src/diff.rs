//! Unified diffs of texts in which secrets are covered already.

use similar::TextDiff;

/// Lines around a change that are shown.
const CONTEXT_LINES: usize = 3;
/// A diff longer than this is cut: nobody reads it in a terminal.
const LINES_MAX: usize = 400;

/// The lines of a diff of one file; empty when the texts are equal.
pub(crate) fn lines(shown: &str, before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(CONTEXT_LINES).header(shown, shown).to_string();
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect();
    if lines.len() > LINES_MAX {
        let more = lines.len() - LINES_MAX;
        lines.truncate(LINES_MAX);
        lines.push(format!("… {more} more lines"));
    }
    lines
}
