//! The languages of texts for people.

/// The language of a text that is written into the application's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Spanish, the plan's own.
    Spanish,
}

impl Language {
    /// The one of two texts that is in this language.
    pub(crate) fn of<'a>(self, english: &'a str, spanish: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }
}
