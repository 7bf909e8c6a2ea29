use super::{Bar, bars};
use crate::markup::Markup;

fn bar(label: &str, from: f64, length: f64) -> Bar {
    Bar { label: label.to_owned(), value: format!("{length} s"), from, length }
}

fn drawn(all: &[Bar]) -> String {
    let mut markup = Markup::default();
    bars(&mut markup, "x", "Title", "Description", all);
    markup.into_text()
}

/// The values of an attribute of the bars themselves.
fn of_bars(svg: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    svg.split("<rect class=\"bar\"")
        .skip(1)
        .filter_map(|rest| rest.split_once(&start)?.1.split_once('"'))
        .map(|(value, _)| value.to_owned())
        .collect()
}

#[test]
fn widths_are_in_proportion() {
    let svg = drawn(&[bar("a", 0.0, 12.0), bar("b", 0.0, 3.0), bar("c", 0.0, 0.0)]);
    assert_eq!(of_bars(&svg, "width"), ["100.000%", "25.000%", "0.000%"]);
}

#[test]
fn on_a_time_line_bars_begin_where_they_began() {
    let svg = drawn(&[bar("a", 0.0, 5.0), bar("b", 5.0, 15.0)]);
    assert_eq!(of_bars(&svg, "x"), ["0.000%", "25.000%"]);
    assert_eq!(of_bars(&svg, "width"), ["25.000%", "75.000%"]);
}

#[test]
fn nothing_to_draw_is_no_division_by_zero() {
    assert_eq!(of_bars(&drawn(&[bar("a", 0.0, 0.0)]), "width"), ["0%"]);
    assert!(drawn(&[]).contains("<title id=\"x-title\">Title</title>"));
}

#[test]
fn names_are_escaped_and_cut() {
    let svg = drawn(&[bar(&"<x>".repeat(40), 0.0, 1.0)]);
    assert!(svg.contains("&lt;x&gt;") && svg.contains('…') && !svg.contains("<x>"));
}
