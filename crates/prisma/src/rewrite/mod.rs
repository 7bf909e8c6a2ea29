//! Changes to the text of a schema that leave every other byte as it was.

mod datasource;
mod field_type;
mod index;
mod layout;

use std::ops::Range;

use crate::error::Error;
use crate::schema::Schema;
use crate::source::{Place, SourceFile, Span};

/// One replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, by its position in [`Schema::files`].
    pub file: usize,
    /// The bytes that go; empty for an insertion.
    pub range: Range<usize>,
    /// The text that comes.
    pub text: String,
    /// What it does, in words.
    pub what: String,
}

/// Changes to one schema, to be carried out together by [`Schema::apply`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edits {
    edits: Vec<Edit>,
}

impl Edits {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The single edits, in the order in which they were asked for.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter()
    }

    /// Adds the changes of another, made from the same schema; one that is there already is not added again.
    pub fn extend(&mut self, other: Edits) {
        for edit in other.edits {
            if !self.edits.contains(&edit) {
                self.edits.push(edit);
            }
        }
    }

    fn replace(&mut self, span: Span, text: impl Into<String>, what: String) {
        self.edits.push(Edit { file: span.file, range: span.start..span.end, text: text.into(), what });
    }
}

impl Schema {
    /// The schema with its text changed, read anew.
    pub fn apply(&self, edits: &Edits) -> Result<Schema, Error> {
        let mut files: Vec<SourceFile> = self.files().to_vec();
        for (number, file) in files.iter_mut().enumerate() {
            let own: Vec<&Edit> = edits.edits.iter().filter(|e| e.file == number).collect();
            file.text = edited(&self.files()[number], own)?;
        }
        Schema::parse(&files)
    }
}

/// Insertions at one place keep the order in which they were asked for.
fn edited(file: &SourceFile, mut edits: Vec<&Edit>) -> Result<String, Error> {
    edits.sort_by_key(|e| e.range.start);
    let mut out = String::with_capacity(file.text.len() + 256);
    let mut kept = 0;
    for edit in edits {
        if edit.range.start < kept {
            return Err(Error::Overlap { at: Place::of(file, edit.range.start) });
        }
        out.push_str(&file.text[kept..edit.range.start]);
        out.push_str(&edit.text);
        kept = edit.range.end;
    }
    out.push_str(&file.text[kept..]);
    Ok(out)
}

#[cfg(test)]
mod tests;
