//! Labels of enum types.

use std::sync::Arc;

use rusqlite::types::ValueRef;

use crate::{Changes, Reason, Refusal, field};

/// The labels of an enum type, sorted.
#[derive(Debug, Clone)]
pub(crate) struct Labels(Arc<[Box<[u8]>]>);

impl Labels {
    pub(crate) fn new(labels: &[String]) -> Self {
        let mut sorted: Vec<Box<[u8]>> = labels.iter().map(|label| label.as_bytes().into()).collect();
        sorted.sort_unstable();
        Self(sorted.into())
    }

    /// Whether a text is one of them.
    pub(crate) fn has(&self, text: &[u8]) -> bool {
        self.0.binary_search_by(|label| (**label).cmp(text)).is_ok()
    }

    /// Encodes a text that is one of them.
    pub(crate) fn encode(&self, value: ValueRef<'_>, out: &mut Vec<u8>) -> Result<Changes, Refusal> {
        match value {
            ValueRef::Text(text) if self.has(text) => field::bytes(text, out).map(|()| Changes::NONE),
            ValueRef::Text(b"") => Err(Reason::EmptyText.into()),
            ValueRef::Blob(_) => Err(Reason::BlobInScalar.into()),
            _ => Err(Reason::NotInEnum.into()),
        }
    }
}
