//! What can go wrong when reading or rewriting a schema.

use crate::source::Place;

/// Everything this crate refuses, each with the place in the schema where there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text does not follow the Prisma schema language.
    #[error("failed to read `{at}`: {message}")]
    Syntax {
        /// Where.
        at: Place,
        /// What was expected or found.
        message: String,
    },
    /// Two blocks, or two fields of a block, have one name.
    #[error("`{name}` at {at} is defined twice")]
    Duplicate {
        /// The second definition.
        at: Place,
        /// The name.
        name: String,
    },
    /// A field's type is neither a scalar nor a block of the schema.
    #[error("type `{type_name}` of `{field}` at {at} is not defined")]
    UnknownType {
        /// Where the type stands.
        at: Place,
        /// `Model.field`.
        field: String,
        /// The unknown type.
        type_name: String,
    },
    /// An attribute's arguments are not what the attribute takes.
    #[error("`{attribute}` at {at} {message}")]
    Attribute {
        /// Where the attribute stands.
        at: Place,
        /// With its `@` signs.
        attribute: String,
        /// What is wrong, to be read after the attribute.
        message: String,
    },
    /// A default value does not fit its field.
    #[error("default of `{field}` at {at} {message}")]
    Default {
        /// Where the field stands.
        at: Place,
        /// `Model.field`.
        field: String,
        /// What is wrong, to be read after the field.
        message: String,
    },
    /// A relation cannot become a foreign key or a join table.
    #[error("relation `{field}` at {at} {message}")]
    Relation {
        /// Where the field stands.
        at: Place,
        /// `Model.field`.
        field: String,
        /// What is wrong, to be read after the field.
        message: String,
    },
    /// PostgreSQL, or Prisma for it, has no such thing.
    #[error("`{thing}` at {at} cannot be brought to PostgreSQL: {message}")]
    NotForPostgres {
        /// Where.
        at: Place,
        /// What.
        thing: String,
        /// Why not.
        message: String,
    },
    /// The schema has no `datasource` block.
    #[error("the schema has no datasource block")]
    NoDatasource,
    /// The datasource block lacks a setting, or holds it in a form that cannot be rewritten.
    #[error("`{setting}` of the datasource at {at} {message}")]
    Datasource {
        /// Where the block or the setting stands.
        at: Place,
        /// The setting.
        setting: String,
        /// What is wrong, to be read after the setting.
        message: String,
    },
    /// A rewriting names a model that is not there.
    #[error("model `{model}` is not in the schema")]
    NoModel {
        /// The model.
        model: String,
    },
    /// A rewriting names a field that is not there.
    #[error("field `{field}` is not in model `{model}`")]
    NoField {
        /// The model.
        model: String,
        /// The field.
        field: String,
    },
    /// A rewriting would make the field's type something that it cannot become.
    #[error("type of `{field}` at {at} cannot become `{type_name}`: {message}")]
    TypeChange {
        /// Where the field stands.
        at: Place,
        /// `Model.field`.
        field: String,
        /// The type wanted.
        type_name: String,
        /// Why not.
        message: String,
    },
    /// Two edits change the same bytes.
    #[error("two edits overlap at {at}")]
    Overlap {
        /// Where the second begins.
        at: Place,
    },
    /// No calendar date belongs to this count of seconds.
    #[error("{unix_seconds} seconds are outside the years 1970 to 9999")]
    Time {
        /// Seconds since 1970.
        unix_seconds: u64,
    },
}

impl Error {
    /// What the owner of the schema can do about it.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Syntax { .. } | Self::Attribute { .. } | Self::Duplicate { .. } => {
                "run `npx prisma validate`: Prisma explains what its schema language takes"
            }
            Self::UnknownType { .. } => "give every file of the schema, if it is spread over several",
            Self::Default { .. } => "correct the default in schema.prisma; `npx prisma validate` tells what it takes",
            Self::Relation { .. } => "give `fields` and `references` on the side that holds the key",
            Self::NotForPostgres { .. } => "change it in schema.prisma before the migration",
            Self::NoDatasource => "give the file that holds the datasource block too",
            Self::NoModel { .. } | Self::NoField { .. } => "names are those of schema.prisma, not of the database",
            Self::Datasource { .. } | Self::TypeChange { .. } => "change it by hand and run again",
            Self::Overlap { .. } | Self::Time { .. } => return None,
        };
        Some(text.to_owned())
    }
}
