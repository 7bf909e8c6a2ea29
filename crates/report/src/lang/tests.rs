use super::{Lang, Words};

#[test]
fn places_are_filled_once_and_unknown_ones_vanish() {
    let words = Words::new("{a} of {b}{c}.", "{a} de {b}{c}.");
    assert_eq!(words.filled(Lang::En, &[("a", "1"), ("b", "{a}")]), "1 of {a}.");
    assert_eq!(words.filled(Lang::Es, &[("b", 2)]), " de 2.");
}

#[test]
fn one_has_its_own_form() {
    let rows = Words::new("{n} row|{n} rows", "{n} fila|{n} filas");
    assert_eq!(rows.counted(Lang::Es, 1), "1 fila");
    assert_eq!(rows.counted(Lang::En, 12_345), "12,345 rows");
}

#[test]
fn texts_that_do_not_agree_are_found() {
    assert!(Words::new("{a} and {b}", "{b} y {a}").agree());
    for (en, es) in
        [("{a}", "{b}"), ("{n} row|{n} rows", "{n} fila"), ("text", " "), ("not translated yet", "not translated yet")]
    {
        assert!(!Words::new(en, es).agree(), "{en}, {es}");
    }
}
