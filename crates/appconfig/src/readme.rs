//! One section of the application's README, between markers.

/// Begins our section.
pub const BEGIN_MARKER: &str = "<!-- autobot:postgresql:begin -->";
/// Ends it.
pub const END_MARKER: &str = "<!-- autobot:postgresql:end -->";

/// The text with the section between the markers, in the text's own line ends; none when the markers are not one pair.
///
/// Without markers the section comes at the end, below an empty line.
pub(crate) fn with_section(text: &str, section: &str) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let body = section.trim().replace("\r\n", "\n").replace('\n', end);
    let block = format!("{BEGIN_MARKER}{end}{body}{end}{END_MARKER}");
    let begins: Vec<usize> = text.match_indices(BEGIN_MARKER).map(|(at, _)| at).collect();
    let ends: Vec<usize> = text.match_indices(END_MARKER).map(|(at, _)| at).collect();
    match (begins.as_slice(), ends.as_slice()) {
        ([], []) => Some(appended(text, &block, end)),
        ([begin], [stop]) if begin < stop => {
            Some(format!("{}{block}{}", &text[..*begin], &text[stop + END_MARKER.len()..]))
        }
        _ => None,
    }
}

fn appended(text: &str, block: &str, end: &str) -> String {
    let gap = match text {
        "" => "",
        text if text.ends_with(&format!("{end}{end}")) => "",
        text if text.ends_with('\n') => end,
        _ => &format!("{end}{end}"),
    };
    format!("{text}{gap}{block}{end}")
}

#[cfg(test)]
mod tests;
