use super::{CHECKLISTS, CRITERIA, functional_in};
use crate::Lang;

#[test]
fn every_line_of_the_plan_is_there_in_both_languages() {
    let lists = CHECKLISTS.iter().flat_map(|(title, lines)| [*title].into_iter().chain(lines.iter().copied()));
    for words in lists.chain(CRITERIA) {
        assert!(words.agree(), "{words:?}");
    }
}

#[test]
fn lines_of_the_plan_are_translated_and_others_kept() {
    assert_eq!(functional_in(Lang::En, "Recibir mensaje"), "Receive a message");
    assert_eq!(functional_in(Lang::Es, "Recibir mensaje"), "Recibir mensaje");
    assert_eq!(functional_in(Lang::En, "own check"), "own check");
}
