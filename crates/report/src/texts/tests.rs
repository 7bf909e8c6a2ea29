use super::{CHECKLISTS, CRITERIA, Evidence, Text, counted, fill, functional_in};
use crate::Lang;

/// The names in a text's places, in the order of the alphabet; those of both forms where it has two.
fn places(text: &str) -> Vec<Vec<&str>> {
    text.split('|')
        .map(|form| {
            let mut names: Vec<&str> =
                form.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
            names.sort_unstable();
            names
        })
        .collect()
}

fn check_pair(en: &str, es: &str) {
    assert!(!en.trim().is_empty() && !es.trim().is_empty(), "a text is empty beside `{en}{es}`");
    assert_eq!(places(en), places(es), "`{en}` and `{es}` have other places");
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_places() {
    for text in Text::ALL {
        check_pair(text.to(Lang::En), text.to(Lang::Es));
    }
    for text in Evidence::ALL {
        check_pair(text.to(Lang::En), text.to(Lang::Es));
    }
    for (title, lines) in CHECKLISTS {
        check_pair(title.0, title.1);
        for (en, es) in lines {
            check_pair(en, es);
        }
    }
    for (en, es) in CRITERIA {
        check_pair(en, es);
    }
}

#[test]
fn sentences_are_translated() {
    let sentence = |text: &&Text| text.to(Lang::En).len() > 12;
    for text in Text::ALL.iter().filter(sentence) {
        let proper = matches!(text, Text::ProviderDocker);
        assert!(proper || text.to(Lang::En) != text.to(Lang::Es), "{text:?} is the same in both languages");
    }
}

#[test]
fn places_are_filled_and_unknown_ones_vanish() {
    assert_eq!(fill("{a} of {b}{c}.", &[("a", "1"), ("b", "{a}")]), "1 of {a}.");
}

#[test]
fn one_has_its_own_form() {
    assert_eq!(counted(Text::RowsCounted.to(Lang::Es), Lang::Es, 1), "1 fila");
    assert_eq!(counted(Text::RowsCounted.to(Lang::En), Lang::En, 12_345), "12,345 rows");
}

#[test]
fn lines_of_the_plan_are_translated_and_others_kept() {
    assert_eq!(functional_in(Lang::En, "Recibir mensaje"), "Receive a message");
    assert_eq!(functional_in(Lang::Es, "Recibir mensaje"), "Recibir mensaje");
    assert_eq!(functional_in(Lang::En, "own check"), "own check");
}
