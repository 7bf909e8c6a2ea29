use super::Markup;

fn text(text: &str) -> String {
    let mut markup = Markup::default();
    markup.text(text);
    markup.into_text()
}

#[test]
fn text_cannot_become_markup() {
    assert_eq!(text("<script>\"&'"), "&lt;script&gt;&quot;&amp;&#39;");
}

#[test]
fn letters_that_hide_or_turn_text_are_shown_by_number() {
    assert_eq!(text("a\u{0}b\u{202e}c\u{ffff}d\u{85}\r"), "a\\u{0}b\\u{202E}c\\u{FFFF}d\\u{85}\\u{D}");
    assert_eq!(text("🤖 שלום مريم\tñ\n"), "🤖 שלום مريم\tñ\n");
}

#[test]
fn attributes_are_escaped_and_elements_closed() {
    let mut markup = Markup::default();
    markup.within("p", &[("title", "a\" onload='x"), ("hidden", "")], |markup| markup.name("<b>"));
    let expected =
        "<p title=\"a&quot; onload=&#39;x\" hidden><code dir=\"auto\" translate=\"no\">&lt;b&gt;</code></p>\n";
    assert_eq!(markup.into_text(), expected);
}

#[test]
fn backquotes_mark_names() {
    let line = |text: &str| {
        let mut markup = Markup::default();
        markup.line("span", "", text);
        markup.into_text().replace(" dir=\"auto\" translate=\"no\"", "")
    };
    assert_eq!(line("a `<b>` c"), "<span lang=\"en\">a <code>&lt;b&gt;</code> c</span>");
    assert_eq!(line("it`s"), "<span lang=\"en\">it`s</span>");
    assert_eq!(line("`a` b`c"), "<span lang=\"en\"><code>a</code> b`c</span>");
}
