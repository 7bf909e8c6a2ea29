//! Indexes.

use serde::Serialize;

use super::quote;
use super::statement::{Statement, StatementKind};
use crate::schema::{IndexAlgorithm, SortOrder};

/// An index; unique constraints are unique indexes in Prisma.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// Its table's database schema, where it is written out.
    pub schema: Option<String>,
    /// Its table in the database.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Whether it is unique.
    pub is_unique: bool,
    /// The index method.
    pub algorithm: IndexAlgorithm,
    /// What is indexed, in order.
    pub columns: Vec<IndexColumn>,
}

/// A column of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexColumn {
    /// Its name in the database.
    pub name: String,
    /// The operator class, where one is given.
    pub operator_class: Option<String>,
    /// The sort order, where one is given.
    pub sort: Option<SortOrder>,
}

impl Index {
    /// `CREATE [UNIQUE] INDEX`.
    pub fn create(&self) -> Statement {
        let unique = if self.is_unique { "UNIQUE " } else { "" };
        let columns = self.columns.iter().map(IndexColumn::sql).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "CREATE {unique}INDEX {} ON {}{}({columns})",
            quote::identifier(&self.name),
            quote::qualified(self.schema.as_deref(), &self.table),
            using(self.algorithm),
        );
        Statement { kind: StatementKind::CreateIndex, sql }
    }
}

impl IndexColumn {
    fn sql(&self) -> String {
        let mut out = quote::identifier(&self.name);
        if let Some(class) = &self.operator_class {
            out.push(' ');
            out.push_str(class);
        }
        match self.sort {
            Some(SortOrder::Asc) => out.push_str(" ASC"),
            Some(SortOrder::Desc) => out.push_str(" DESC"),
            None => {}
        }
        out
    }
}

fn using(algorithm: IndexAlgorithm) -> &'static str {
    match algorithm {
        IndexAlgorithm::BTree => "",
        IndexAlgorithm::Hash => " USING HASH ",
        IndexAlgorithm::Gist => " USING GIST ",
        IndexAlgorithm::Gin => " USING GIN ",
        IndexAlgorithm::SpGist => " USING SPGIST ",
        IndexAlgorithm::Brin => " USING BRIN ",
    }
}
