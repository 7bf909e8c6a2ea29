//! What a schema means: models, fields, enums and relations, with their names in the database.

mod attributes;
mod configuration;
mod default_value;
mod model;
mod relation;
mod resolve;
mod scalar;

pub use configuration::{Block, Datasource, ExtensionSetting, Generator, Setting};
pub use default_value::DefaultValue;
pub use model::{
    Action, Arity, Enum, EnumValue, Field, FieldType, IndexAlgorithm, IndexDef, IndexField, IndexKind, Model,
    NativeType, PrimaryKeyDef, RelationDef, SortOrder,
};
pub(crate) use relation::{InlineRelation, JoinRelation, Relation, relations};
pub use scalar::Scalar;

pub use crate::syntax::BlockKind;

use crate::error::Error;
use crate::source::{Place, SourceFile, Span};
use crate::syntax;

/// A schema of one or several files.
#[derive(Debug, Clone)]
pub struct Schema {
    files: Vec<SourceFile>,
    pub(crate) blocks: Vec<syntax::Block>,
    datasources: Vec<Datasource>,
    generators: Vec<Generator>,
    models: Vec<Model>,
    enums: Vec<Enum>,
}

impl Schema {
    /// Reads the files of a schema. As in Prisma, tables are created in the order of the files' names (of their whole
    /// paths, byte by byte), whatever order they are given in, and within a file in that of the models.
    ///
    /// Fails at the first thing that is not of the language or does not resolve; what only Prisma's validation
    /// would refuse (a relation without its other side, say) is let through.
    pub fn parse(files: &[SourceFile]) -> Result<Self, Error> {
        let mut in_order: Vec<usize> = (0..files.len()).collect();
        in_order.sort_by(|a, b| files[*a].name.cmp(&files[*b].name));
        let mut blocks = Vec::new();
        for number in in_order {
            blocks.extend(syntax::parse(&files[number], number)?);
        }
        resolve::resolve(files.to_vec(), blocks)
    }

    /// The files, in the order given, with their present text.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The datasource; Prisma allows one.
    pub fn datasource(&self) -> Option<&Datasource> {
        self.datasources.first()
    }

    /// The generators, in their order.
    pub fn generators(&self) -> &[Generator] {
        &self.generators
    }

    /// The preview features that the generators name, each once.
    pub fn preview_features(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for feature in self.generators.iter().flat_map(|g| &g.preview_features) {
            if !out.contains(&feature.as_str()) {
                out.push(feature);
            }
        }
        out
    }

    /// All models and views, in their order.
    pub fn models_and_views(&self) -> &[Model] {
        &self.models
    }

    /// The models, in their order: those that are tables. Ignored ones are among them, as they have tables too.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().filter(|m| !m.is_view)
    }

    /// The model or view of this name.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|m| m.name == name)
    }

    /// The model whose table has this name in the database.
    pub fn table(&self, table: &str) -> Option<&Model> {
        self.models().find(|m| m.table == table)
    }

    /// The model and field behind a column of the database.
    pub fn column(&self, table: &str, column: &str) -> Option<(&Model, &Field)> {
        let model = self.table(table)?;
        Some((model, model.columns().find(|f| f.column == column)?))
    }

    /// The enums, in their order.
    pub fn enums(&self) -> &[Enum] {
        &self.enums
    }

    /// The enum of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|e| e.name == name)
    }

    /// Every block of the schema: its kind, its name and where it begins.
    pub fn blocks(&self) -> Vec<Block> {
        let block = |b: &syntax::Block| Block { kind: b.kind, name: b.name.name.clone(), at: self.place(b.span) };
        self.blocks.iter().map(block).collect()
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place::of(&self.files[span.file], span.start)
    }
}

#[cfg(test)]
mod tests;
