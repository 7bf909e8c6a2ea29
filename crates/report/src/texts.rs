//! Every word of the page, in both languages, in one kind of table.

mod evidence;
mod page;
mod plan;

pub(crate) use evidence::Evidence;
pub(crate) use page::Text;
pub use plan::functional_in;
pub(crate) use plan::{CHECKLISTS, CRITERIA, Words};

use crate::numbers::count;
use crate::{Bilingual, Lang};

/// A name and its text in English and Spanish; the enum and its table are made of one list, so none can lack a text.
macro_rules! texts {
    ($enum:ident: $($name:ident = $en:expr, $es:expr;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $enum { $($name),* }

        impl $enum {
            /// All of them, for the test of both languages.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];

            /// The text in one language.
            pub(crate) fn to(self, lang: $crate::Lang) -> &'static str {
                let (en, es) = match self { $(Self::$name => ($en, $es)),* };
                match lang { $crate::Lang::En => en, $crate::Lang::Es => es }
            }
        }
    };
}
pub(crate) use texts;

/// Puts values in the places of a text: `{name}`.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// A text with a form for one and a form for any other number (`{n} row|{n} rows`), filled.
pub(crate) fn counted(text: &str, lang: Lang, number: u64) -> String {
    let (one, many) = text.split_once('|').unwrap_or((text, text));
    fill(if number == 1 { one } else { many }, &[("n", &count(lang, number))])
}

/// Makes a text in both languages; `make` is asked for each.
pub(crate) fn bilingual(make: impl Fn(Lang) -> String) -> Bilingual {
    Bilingual { en: make(Lang::En), es: make(Lang::Es) }
}

#[cfg(test)]
mod tests;
