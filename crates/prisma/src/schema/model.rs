//! Models, fields, enums, keys and indexes.

use serde::Serialize;

use super::default_value::DefaultValue;
use super::scalar::Scalar;
use crate::source::{Place, Span};

/// A model or a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its name in the schema.
    pub name: String,
    /// The name of its table: `@@map`, or its own.
    pub table: String,
    /// `@@schema`.
    pub schema: Option<String>,
    /// All fields, relation fields among them.
    pub fields: Vec<Field>,
    /// `@id` or `@@id`.
    pub primary_key: Option<PrimaryKeyDef>,
    /// Uniques and indexes in the order in which Prisma creates them: those of fields, `@@index`, `@@unique`,
    /// `@@fulltext`.
    pub indexes: Vec<IndexDef>,
    /// `@@ignore`: Prisma Client does not see it; it has a table all the same.
    pub ignored: bool,
    /// A view: no table, no index.
    pub is_view: bool,
    /// Where it begins.
    pub at: Place,
}

impl Model {
    /// The field of this name in the schema.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The fields that are columns: all but relation fields.
    pub fn columns(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| !matches!(f.field_type, FieldType::Model(_)))
    }
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Arity {
    /// One.
    Required,
    /// One or none.
    Optional,
    /// Any number, in an array column, or on the far side of a relation.
    List,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum FieldType {
    /// A scalar.
    Scalar(Scalar),
    /// An enum, by its name in the schema.
    Enum(String),
    /// A model or view: a relation field.
    Model(String),
    /// A `type` block; PostgreSQL has none of these in Prisma.
    Composite(String),
    /// `Unsupported("…")`, with the database's name for the type.
    Unsupported(String),
}

/// A native type attribute, `@db.VarChar(20)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NativeType {
    /// `VarChar`.
    pub name: String,
    /// `["20"]`.
    pub arguments: Vec<String>,
    pub(crate) span: Span,
}

/// A field of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the schema.
    pub name: String,
    /// The name of its column: `@map`, or its own.
    pub column: String,
    /// Its type.
    pub field_type: FieldType,
    /// One, optional, or a list.
    pub arity: Arity,
    /// `@default`.
    pub default: Option<DefaultValue>,
    /// `@updatedAt`: Prisma Client sets it at every change.
    pub is_updated_at: bool,
    /// `@ignore`: Prisma Client does not see it.
    pub ignored: bool,
    /// `@db.…`.
    pub native_type: Option<NativeType>,
    /// `@relation`, on a relation field; the default one where the attribute is missing.
    pub relation: Option<RelationDef>,
    /// Where it stands.
    pub at: Place,
    pub(crate) type_span: Span,
}

impl Field {
    /// The scalar type, unless it is an enum, a relation or unsupported.
    pub fn scalar(&self) -> Option<Scalar> {
        match self.field_type {
            FieldType::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Whether the database numbers new rows itself.
    pub fn is_autoincrement(&self) -> bool {
        self.default == Some(DefaultValue::Autoincrement)
    }
}

/// `@relation`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationDef {
    /// The relation's name.
    pub name: Option<String>,
    /// The fields of this model that hold the key; empty on the far side.
    pub fields: Vec<String>,
    /// The fields of the other model that they refer to.
    pub references: Vec<String>,
    /// `onDelete`.
    pub on_delete: Option<Action>,
    /// `onUpdate`.
    pub on_update: Option<Action>,
    /// The name of the foreign key.
    pub map: Option<String>,
}

/// A referential action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Action {
    /// `Cascade`.
    Cascade,
    /// `Restrict`.
    Restrict,
    /// `NoAction`.
    NoAction,
    /// `SetNull`.
    SetNull,
    /// `SetDefault`.
    SetDefault,
}

impl Action {
    /// As SQL has it.
    pub fn sql(self) -> &'static str {
        match self {
            Action::Cascade => "CASCADE",
            Action::Restrict => "RESTRICT",
            Action::NoAction => "NO ACTION",
            Action::SetNull => "SET NULL",
            Action::SetDefault => "SET DEFAULT",
        }
    }
}

/// `@id` or `@@id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryKeyDef {
    /// Field names, in key order.
    pub fields: Vec<String>,
    /// The constraint's name, where it is given.
    pub map: Option<String>,
}

/// `@unique`, `@@unique`, `@@index` or `@@fulltext`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDef {
    /// Which of them.
    pub kind: IndexKind,
    /// What is indexed, in order.
    pub fields: Vec<IndexField>,
    /// The index's name in the database, where it is given.
    pub map: Option<String>,
    /// `type`.
    pub algorithm: IndexAlgorithm,
    /// Where it stands.
    pub at: Place,
}

/// Kinds of index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum IndexKind {
    /// `@@index`.
    Normal,
    /// `@unique` and `@@unique`.
    Unique,
    /// `@@fulltext`, which only `MySQL` and `MongoDB` have.
    Fulltext,
}

/// A field of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexField {
    /// The field's name in the schema.
    pub name: String,
    /// `sort`.
    pub sort: Option<SortOrder>,
    /// `ops`, as SQL has it.
    pub operator_class: Option<String>,
    /// `length`, which only `MySQL` has.
    pub length: Option<String>,
}

/// Sort orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum SortOrder {
    /// `Asc`.
    Asc,
    /// `Desc`.
    Desc,
}

/// Index methods of PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum IndexAlgorithm {
    /// `BTree`, the default.
    #[default]
    BTree,
    /// `Hash`.
    Hash,
    /// `Gist`.
    Gist,
    /// `Gin`.
    Gin,
    /// `SpGist`.
    SpGist,
    /// `Brin`.
    Brin,
}

/// An enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enum {
    /// Its name in the schema.
    pub name: String,
    /// Its name in the database.
    pub db_name: String,
    /// `@@schema`.
    pub schema: Option<String>,
    /// Its values, in order.
    pub values: Vec<EnumValue>,
    /// Where it begins.
    pub at: Place,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// Its name in the schema.
    pub name: String,
    /// What the database holds.
    pub db_name: String,
}
