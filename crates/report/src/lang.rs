use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::numbers::count;

/// A text of so many letters may be the same in both languages: a name, a word.
const SAME_IN_BOTH_MAX: usize = 14;

/// A language of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

/// A word that names no language of the report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language of the report: use en or es")]
pub struct UnknownLang(pub String);

/// One text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

/// One text of the program in both languages. Values go into its places, `{name}`; where a number is told, a text may
/// have a form for one and a form for any other (`{n} row|{n} rows`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    en: &'static str,
    es: &'static str,
}

/// A table of [`Words`], a name and its text in English and Spanish each, with the test that both are there.
#[macro_export]
macro_rules! words {
    ($($name:ident = $en:expr, $es:expr;)*) => {
        $(pub(crate) const $name: $crate::Words = $crate::Words::new($en, $es);)*

        #[cfg(test)]
        #[test]
        fn every_text_is_there_in_both_languages_with_the_same_places() {
            $(assert!($name.agree(), "{:?}", $name);)*
        }
    };
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The code that the settings, the command line and HTML use.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }
}

impl Words {
    /// A text in English and Spanish.
    pub const fn new(en: &'static str, es: &'static str) -> Self {
        Self { en, es }
    }

    /// The text in one language.
    pub fn to(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Es => self.es,
        }
    }

    /// The text in one language, with values in its places.
    pub fn filled<V: fmt::Display>(self, lang: Lang, values: &[(&str, V)]) -> String {
        fill(self.to(lang), values)
    }

    /// The text about a number of things.
    pub fn counted(self, lang: Lang, number: u64) -> String {
        let text = self.to(lang);
        let (one, many) = text.split_once('|').unwrap_or((text, text));
        fill(if number == 1 { one } else { many }, &[("n", count(lang, number))])
    }

    /// True when both languages have the text, with the same places in each form, and a sentence is translated.
    pub fn agree(self) -> bool {
        let is_sentence = self.en.len() > SAME_IN_BOTH_MAX;
        places(self.en) == places(self.es)
            && ![self.en, self.es].iter().any(|text| text.trim().is_empty())
            && !(is_sentence && self.en == self.es)
    }
}

/// Puts values in the places of a text; what is put in is not looked at again.
fn fill<V: fmt::Display>(text: &str, values: &[(&str, V)]) -> String {
    use fmt::Write as _;
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            let _ = write!(filled, "{value}");
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The names of a text's places in the order of the alphabet, form by form.
fn places(text: &str) -> Vec<Vec<&str>> {
    text.split('|')
        .map(|form| {
            let parts = form.split('{').skip(1);
            let mut names: Vec<&str> = parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
            names.sort_unstable();
            names
        })
        .collect()
}

impl From<Words> for Bilingual {
    fn from(words: Words) -> Self {
        Self::of(|lang| words.to(lang).to_owned())
    }
}

impl Bilingual {
    /// Makes a text in both languages; `make` is asked for each.
    pub fn of(make: impl Fn(Lang) -> String) -> Self {
        Self { en: make(Lang::En), es: make(Lang::Es) }
    }

    /// The text in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.code() == text).ok_or_else(|| UnknownLang(text.to_owned()))
    }
}

#[cfg(test)]
mod tests;
