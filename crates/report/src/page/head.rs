use super::Page;
use crate::markup::Markup;
use crate::texts::words;

/// Nothing may be loaded from anywhere: should a name ever get through as markup, it could still fetch nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// The head: letters, width, title, style.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    markup.within("head", &[], |markup| {
        markup.void("meta", &[("charset", "utf-8")]);
        markup.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
        markup.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        markup.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        markup.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
        let path = &page.report.run.source.path;
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        markup.leaf("title", &[], &words::PAGE_TITLE.filled(page.lang, &[("source", file)]));
        markup.within("style", &[], |markup| markup.own(include_str!("style.css")));
    });
}
