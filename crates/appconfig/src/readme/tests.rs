use super::*;

#[track_caller]
fn check(before: &str, expected: &str) {
    let expected = expected.replace("BEGIN!", BEGIN_MARKER).replace("END!", END_MARKER);
    let after = with_section(&before.replace("BEGIN!", BEGIN_MARKER).replace("END!", END_MARKER), "## PG\n\ntext\n");
    assert_eq!(after.as_deref(), Some(&*expected));
    assert_eq!(
        with_section(&expected, "## PG\n\ntext\n").as_deref(),
        Some(&*expected),
        "a second time changes nothing"
    );
}

#[test]
fn it_comes_at_the_end() {
    check("# Bot\n", "# Bot\n\nBEGIN!\n## PG\n\ntext\nEND!\n");
    check("# Bot\r\n", "# Bot\r\n\r\nBEGIN!\r\n## PG\r\n\r\ntext\r\nEND!\r\n");
    check("# Bot", "# Bot\n\nBEGIN!\n## PG\n\ntext\nEND!\n");
    check("", "BEGIN!\n## PG\n\ntext\nEND!\n");
}

#[test]
fn it_takes_the_place_of_an_older_one() {
    check("# Bot\n\nBEGIN!\nold\nEND!\n\n## More\n", "# Bot\n\nBEGIN!\n## PG\n\ntext\nEND!\n\n## More\n");
}

#[test]
fn markers_that_are_no_pair_are_refused() {
    for text in [BEGIN_MARKER, END_MARKER, &format!("{END_MARKER}\n{BEGIN_MARKER}"), &BEGIN_MARKER.repeat(2)] {
        assert_eq!(with_section(text, "x"), None);
    }
}
