/// A declared type taken apart: its words in capitals and the numbers in brackets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The words, one space between them.
    pub(crate) words: String,
    /// The numbers in brackets; what is no number is left out.
    pub(crate) numbers: Vec<u32>,
}

impl Declared {
    /// Takes a declared type apart; `text` is what `pragma_table_xinfo` gives.
    pub(crate) fn of(text: &str) -> Self {
        let (before, rest) = text.split_once('(').unwrap_or((text, ""));
        let (inside, after) = rest.rsplit_once(')').unwrap_or((rest, ""));
        let words: Vec<String> = format!("{before} {after}")
            .split_whitespace()
            .map(|word| word.trim_matches(['"', '`', '\'', '[']).to_ascii_uppercase())
            .filter(|word| !word.is_empty())
            .collect();
        let numbers = inside.split(',').filter_map(|number| number.trim().parse().ok()).collect();
        Self { words: words.join(" "), numbers }
    }
}
