use super::super::rates::Rate;
use super::curve;
use crate::Lang;
use crate::markup::Markup;

fn drawn(lang: Lang, rates: &[Rate]) -> String {
    let mut markup = Markup::default();
    curve(&mut markup, lang, "r", "Title", "Description", "rows/s", rates);
    markup.into_text()
}

fn rate(from: f64, to: f64, rows: f64) -> Rate {
    Rate { from, to, rows, bytes: 0.0 }
}

#[test]
fn the_line_goes_where_the_figures_say() {
    let svg = drawn(Lang::En, &[rate(0.0, 1.0, 100.0), rate(1.0, 4.0, 50.0)]);
    assert!(svg.contains(" d=\"M0 0L250 0L250 90L1000 90\""), "{svg}");
    assert!(svg.contains(" d=\"M0 0L250 0L250 90L1000 90L1000 180L0 180Z\""), "{svg}");
}

#[test]
fn axes_have_their_units() {
    let svg = drawn(Lang::Es, &[rate(0.0, 2.5, 43_000.0)]);
    assert!(
        svg.contains("50\u{202f}000 rows/s<") && svg.contains(">2,5\u{a0}s<") && svg.contains(">0\u{a0}s<"),
        "{svg}"
    );
}

#[test]
fn title_and_description_are_named() {
    let svg = drawn(Lang::En, &[rate(0.0, 1.0, 0.0)]);
    assert!(svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"r-title r-desc\""), "{svg}");
    assert!(svg.contains("<desc id=\"r-desc\">Description</desc>") && !svg.contains("NaN"), "{svg}");
}
