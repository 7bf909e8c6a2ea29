//! Writes HTML that is well formed by construction: elements close by themselves, text and attributes are escaped.

/// A piece of HTML under construction.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
}

/// The attributes of an element: names are ours, values may be anything.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    /// An element with what `content` writes into it.
    pub(crate) fn within(&mut self, tag: &'static str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.start(tag, attributes);
        content(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        if is_block(tag) {
            self.out.push('\n');
        }
    }

    /// An element that holds text.
    pub(crate) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.within(tag, attributes, |markup| markup.text(text));
    }

    /// An element that holds nothing and has no end tag.
    pub(crate) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.out.push('\n');
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// Text of ours that is already HTML or CSS.
    pub(crate) fn own(&mut self, text: &'static str) {
        self.out.push_str(text);
    }

    /// A name from the database, a path, a command: in the direction of its own letters, whatever is around it.
    pub(crate) fn name(&mut self, name: &str) {
        self.leaf("code", &[("dir", "auto"), ("translate", "no")], name);
    }

    /// A line as the tool writes it: English, what stands between backquotes is a name or something to type.
    pub(crate) fn line(&mut self, tag: &'static str, class: &str, line: &str) {
        let attributes = [("lang", "en"), ("class", class)];
        let attributes = if class.is_empty() { &attributes[..1] } else { &attributes[..] };
        self.within(tag, attributes, |markup| {
            // An odd number of backquotes leaves the last one as it is.
            let parts: Vec<&str> = line.split('`').collect();
            let pairs_end = parts.len() - usize::from(parts.len().is_multiple_of(2));
            for (index, part) in parts.iter().enumerate() {
                match index % 2 == 1 {
                    true if index < pairs_end => markup.name(part),
                    true => {
                        markup.text("`");
                        markup.text(part);
                    }
                    false => markup.text(part),
                }
            }
        });
    }

    /// What was written.
    pub(crate) fn into_text(self) -> String {
        self.out
    }

    fn start(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            if !value.is_empty() {
                self.out.push_str("=\"");
                escape(value, &mut self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }
}

/// Escapes what has a meaning in HTML, and shows by its number what would not be seen or would turn the text around.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || turns_text(letter) || is_no_character(letter) => {
                out.push_str(&format!("\\u{{{:X}}}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
}

/// The letters by which one text can disturb the direction of another.
fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Code points that are no characters, which HTML does not allow.
fn is_no_character(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe
}

/// Elements after which a line of the file ends.
fn is_block(tag: &str) -> bool {
    !matches!(tag, "a" | "abbr" | "b" | "bdi" | "code" | "data" | "span" | "strong" | "summary" | "time" | "em")
}

#[cfg(test)]
mod tests;
