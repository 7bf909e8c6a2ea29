//! Adds an index to a model.

use super::{Edit, Edits, layout};
use crate::error::Error;
use crate::schema::{IndexAlgorithm, IndexKind, Model, Schema};
use crate::source::SourceFile;
use crate::syntax::{Block, Member};

impl Schema {
    /// The edits that add `@@index([fields])` to a model, after its other `@@` attributes.
    ///
    /// Nothing to do where an index on these fields in this order is there already; a unique one or the primary key
    /// counts, as it answers the same queries.
    pub fn add_index(&self, model: &str, fields: &[&str]) -> Result<Edits, Error> {
        let Some(found) = self.model(model).filter(|m| !m.is_view) else {
            return Err(Error::NoModel { model: model.to_owned() });
        };
        if let Some(missing) = fields.iter().find(|name| !found.columns().any(|f| f.name == **name)) {
            return Err(Error::NoField { model: model.to_owned(), field: (*missing).to_owned() });
        }
        let block = self.blocks.iter().find(|b| b.name.name == model && !b.members.is_empty());
        let (Some(block), false) = (block, is_indexed(found, fields)) else { return Ok(Edits::default()) };
        let attribute = format!("@@index([{}])", fields.join(", "));
        let file = &self.files()[block.span.file];
        let what = format!("{model} gets {attribute}");
        let (at, text) = insertion(file, block, &attribute);
        Ok(Edits { edits: vec![Edit { file: block.span.file, range: at..at, text, what }] })
    }
}

fn is_indexed(model: &Model, fields: &[&str]) -> bool {
    let is_key = model.primary_key.as_ref().is_some_and(|key| key.fields == fields);
    let is_equal = |index: &crate::schema::IndexDef| {
        index.kind != IndexKind::Fulltext
            && index.algorithm == IndexAlgorithm::BTree
            && index.fields.len() == fields.len()
            && index.fields.iter().zip(fields).all(|(f, name)| {
                f.name == *name && f.sort != Some(crate::schema::SortOrder::Desc) && f.operator_class.is_none()
            })
    };
    is_key || model.indexes.iter().any(is_equal)
}

/// A line of its own: after the last `@@` attribute, or before the closing brace with an empty line above.
fn insertion(file: &SourceFile, block: &Block, attribute: &str) -> (usize, String) {
    let spans = block.members.iter().map(|member| match member {
        Member::Attribute(a) => a.span,
        Member::Field(f) => f.name.span,
        Member::Value(v) => v.name.span,
        Member::Setting(key, _) => key.span,
    });
    let indentation = spans.clone().next_back().and_then(|span| layout::indentation(file, span)).unwrap_or("  ");
    let close = block.span.end - 1;
    let line_end = layout::line_end(file, block.span.start);
    let line = format!("{indentation}{attribute}");
    let close_line = layout::line_start_byte(file, close);
    let brace_is_alone = file.text[close_line..close].trim().is_empty();
    let last_attribute =
        block.members.iter().filter_map(|m| if let Member::Attribute(a) = m { Some(a) } else { None }).next_back();
    match last_attribute {
        Some(last) if brace_is_alone => (layout::next_line_byte(file, last.span.end), format!("{line}{line_end}")),
        _ if brace_is_alone => (close_line, format!("{line_end}{line}{line_end}")),
        _ => (close, format!("{line_end}{line}{line_end}")),
    }
}
