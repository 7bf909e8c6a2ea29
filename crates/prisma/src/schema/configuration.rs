//! Datasources and generators.

use serde::Serialize;

use crate::source::{Place, Span};
use crate::syntax::{BlockKind, Expression, ExpressionKind};

/// What stands where, for an overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block declares.
    pub kind: BlockKind,
    /// Its name.
    pub name: String,
    /// Its first line.
    pub at: Place,
}

/// The datasource block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datasource {
    /// Its name, usually `db`, which prefixes native types.
    pub name: String,
    /// `provider`, such as `sqlite`.
    pub provider: Option<Setting>,
    /// `url`. Prisma 7 has it in `prisma.config.ts` instead.
    pub url: Option<Setting>,
    /// `relationMode`, or its older name `referentialIntegrity`.
    pub relation_mode: Option<String>,
    /// `schemas`, for a database of several schemas.
    pub schemas: Vec<String>,
    /// `extensions`: name, name in the database, schema and version.
    pub extensions: Vec<ExtensionSetting>,
    /// Where the block begins.
    pub at: Place,
    pub(crate) span: Span,
}

impl Datasource {
    /// Whether foreign keys are left to Prisma Client, so that the database has none.
    pub fn keeps_relations_in_client(&self) -> bool {
        self.relation_mode.as_deref() == Some("prisma")
    }
}

/// One entry of a datasource's `extensions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionSetting {
    /// The name in the schema.
    pub name: String,
    /// The name in the database, where it differs.
    pub map: Option<String>,
    /// The database schema it is installed in.
    pub schema: Option<String>,
    /// The version wanted.
    pub version: Option<String>,
}

/// The value of a setting of a datasource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Setting {
    /// A string.
    Literal(String),
    /// `env("NAME")`.
    Env(String),
    /// Anything else.
    Other,
}

impl Setting {
    /// The string, if it is one.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Setting::Literal(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn read(value: &Expression) -> Self {
        match &value.kind {
            ExpressionKind::Text(text) => Setting::Literal(text.clone()),
            ExpressionKind::Call(name, arguments) if name == "env" => {
                match arguments.first().and_then(|a| a.value.as_text()) {
                    Some(variable) => Setting::Env(variable.to_owned()),
                    None => Setting::Other,
                }
            }
            _ => Setting::Other,
        }
    }
}

/// A generator block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator {
    /// Its name, usually `client`.
    pub name: String,
    /// `provider`, such as `prisma-client-js`.
    pub provider: Option<Setting>,
    /// `output`, the folder that the client is generated into.
    pub output: Option<Setting>,
    /// `engineType`.
    pub engine_type: Option<Setting>,
    /// `previewFeatures`.
    pub preview_features: Vec<String>,
    /// Where the block begins.
    pub at: Place,
}
