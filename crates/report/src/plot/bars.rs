use crate::Lang;
use crate::markup::Markup;
use crate::numbers::decimal;

/// Height of one bar with its label above it, in pixels.
const ROW: u32 = 38;

/// One horizontal bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    /// What it stands for.
    pub(crate) label: String,
    /// Its value in words, with its unit.
    pub(crate) value: String,
    /// Where it begins, in the unit of `length`; zero but on a time line.
    pub(crate) from: f64,
    /// Its length.
    pub(crate) length: f64,
}

/// Horizontal bars on one scale, from zero to the greatest end. Widths are per cent, so that the letters keep their size
/// on a phone; label and value stand above their bar.
pub(crate) fn bars(markup: &mut Markup, id: &str, title: &str, desc: &str, bars: &[Bar]) {
    let greatest = bars.iter().map(|bar| bar.from + bar.length).fold(0.0, f64::max);
    let percent = |value: f64| if greatest > 0.0 { decimal(Lang::En, value / greatest * 100.0, 3) } else { "0".into() };
    let height = (u32::try_from(bars.len()).unwrap_or(u32::MAX).saturating_mul(ROW)).to_string();
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let attributes = [
        ("class", "plot"),
        ("role", "img"),
        ("aria-labelledby", named.as_str()),
        ("width", "100%"),
        ("height", &height),
    ];
    markup.within("svg", &attributes, |markup| {
        markup.leaf("title", &[("id", &title_id)], title);
        markup.leaf("desc", &[("id", &desc_id)], desc);
        for (bar, top) in bars.iter().zip((0_u32..).map(|index| index * ROW)) {
            let (text, rail) = ((top + 14).to_string(), (top + 20).to_string());
            markup.leaf("text", &[("x", "0"), ("y", &text), ("class", "label")], &shortened(&bar.label));
            markup.leaf("text", &[("x", "100%"), ("y", &text), ("class", "value")], &bar.value);
            markup.leaf(
                "rect",
                &[("class", "rail"), ("x", "0"), ("y", &rail), ("width", "100%"), ("height", "10")],
                "",
            );
            let (x, width) = (format!("{}%", percent(bar.from)), format!("{}%", percent(bar.length)));
            markup.leaf("rect", &[("class", "bar"), ("x", &x), ("y", &rail), ("width", &width), ("height", "10")], "");
        }
    });
}

/// A label that leaves room for its value on a phone.
fn shortened(label: &str) -> String {
    const LETTERS_MAX: usize = 28;
    if label.chars().count() <= LETTERS_MAX {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(LETTERS_MAX - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests;
