use autobot_prisma::{Edits, Schema, SourceFile};
use serde::{Deserialize, Serialize};

use crate::{AppPath, Error, disk};

/// An index that the application's queries want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexWish {
    /// The model, as schema.prisma calls it.
    pub model: String,
    /// Its fields, in order.
    pub fields: Vec<String>,
}

/// A field that gets another type (`BigInt` for an `Int` that holds more than 32 bits).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The model.
    pub model: String,
    /// The field.
    pub field: String,
    /// The scalar type it gets.
    pub new_type: String,
}

/// What is changed in schema.prisma: the datasource always, the rest where asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaEdits {
    /// Indexes to have; a model or field that is not there is passed over.
    pub indexes: Vec<IndexWish>,
    /// Types to change.
    pub field_changes: Vec<FieldChange>,
}

/// The plan's additional indexes: `Message.timestamp`, `Message.status`, `Client.updatedAt`.
pub fn plan_indexes() -> Vec<IndexWish> {
    let wish = |model: &str, field: &str| IndexWish { model: model.to_owned(), fields: vec![field.to_owned()] };
    vec![wish("Message", "timestamp"), wish("Message", "status"), wish("Client", "updatedAt")]
}

/// Reads the files of a schema.
pub(crate) fn parse(files: &[AppPath]) -> Result<Schema, Error> {
    let mut sources = Vec::with_capacity(files.len());
    for file in files {
        let text = disk::read_text(&file.path)?.ok_or_else(|| Error::SchemaMissing { path: file.path.clone() })?;
        sources.push(SourceFile::new(&file.shown, text));
    }
    Ok(Schema::parse(&sources)?)
}

impl SchemaEdits {
    /// The schema after the edits. Applying them to the result changes nothing.
    pub fn applied(&self, schema: &Schema) -> Result<Schema, Error> {
        let mut edits = schema.set_datasource_provider()?;
        for change in &self.field_changes {
            edits.extend(schema.change_field_type(&change.model, &change.field, &change.new_type)?);
        }
        for wish in self.indexes.iter().filter(|wish| wish.fits(schema)) {
            edits.extend(wish.edits(schema)?);
        }
        Ok(schema.apply(&edits)?)
    }

    /// Wishes for models or fields that the schema does not have, in words.
    pub(crate) fn passed_over(&self, schema: &Schema) -> Vec<String> {
        let misfits = self.indexes.iter().filter(|wish| !wish.fits(schema));
        misfits.map(|wish| format!("{}({})", wish.model, wish.fields.join(", "))).collect()
    }
}

impl IndexWish {
    fn fits(&self, schema: &Schema) -> bool {
        let model = schema.models().find(|model| model.name == self.model);
        model.is_some_and(|model| self.fields.iter().all(|name| model.columns().any(|field| field.name == *name)))
    }

    fn edits(&self, schema: &Schema) -> Result<Edits, Error> {
        let fields: Vec<&str> = self.fields.iter().map(String::as_str).collect();
        Ok(schema.add_index(&self.model, &fields)?)
    }
}
