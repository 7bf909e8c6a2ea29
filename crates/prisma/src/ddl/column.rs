//! Columns.

use serde::Serialize;

use super::quote;
use crate::schema::{Arity, FieldType};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name in the database.
    pub name: String,
    /// The field in schema.prisma; `None` in a join table.
    pub field: Option<String>,
    /// The field's type in schema.prisma.
    pub field_type: FieldType,
    /// Its type in PostgreSQL, of one element where it is an array.
    pub column_type: ColumnType,
    /// One, optional, or an array.
    pub arity: Arity,
    /// Numbered by a sequence of its own, with a `SERIAL` type.
    pub is_autoincrement: bool,
    /// `@updatedAt`: Prisma Client sets it at every change, the database does not.
    pub is_updated_at: bool,
    /// What the database fills in.
    pub default: Option<SqlDefault>,
}

/// The type of a column in PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum ColumnType {
    /// `TEXT`, `DECIMAL(65,30)`, and the text within `Unsupported`.
    Native(String),
    /// An enum type.
    Enum {
        /// The database schema, where it is written out.
        schema: Option<String>,
        /// Its name in the database.
        name: String,
    },
}

/// A default in PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SqlDefault {
    /// An expression.
    Expression(String),
    /// An array of these expressions, cast to the column's type.
    Array(Vec<String>),
}

impl Column {
    /// The type as written after the column's name: `SERIAL` for a numbered `INTEGER`, `[]` for an array.
    pub fn type_sql(&self) -> String {
        match self.arity {
            Arity::List => format!("{}[]", self.element_sql()),
            Arity::Required | Arity::Optional => self.element_sql(),
        }
    }

    /// The type that the column has once it is there: `INTEGER` where [`type_sql`](Self::type_sql) is `SERIAL`.
    pub fn stored_type_sql(&self) -> String {
        Column { is_autoincrement: false, ..self.clone() }.type_sql()
    }

    /// Whether it is declared `NOT NULL`; Prisma leaves that out for arrays.
    pub fn is_not_null(&self) -> bool {
        self.arity == Arity::Required
    }

    /// The expression after `DEFAULT`.
    pub fn default_sql(&self) -> Option<String> {
        match self.default.as_ref()? {
            SqlDefault::Expression(sql) => Some(sql.clone()),
            SqlDefault::Array(items) => Some(format!("ARRAY[{}]::{}", items.join(", "), self.type_sql())),
        }
    }

    /// `"name" TYPE NOT NULL DEFAULT …`.
    pub fn definition(&self) -> String {
        let mut out = format!("{} {}", quote::identifier(&self.name), self.type_sql());
        if self.is_not_null() {
            out.push_str(" NOT NULL");
        }
        if let Some(default) = self.default_sql() {
            out.push_str(" DEFAULT ");
            out.push_str(&default);
        }
        out
    }

    fn element_sql(&self) -> String {
        match &self.column_type {
            ColumnType::Native(name) if self.is_autoincrement => serial(name).to_owned(),
            ColumnType::Native(name) => name.clone(),
            ColumnType::Enum { schema, name } => quote::qualified(schema.as_deref(), name),
        }
    }
}

fn serial(integer: &str) -> &str {
    match integer {
        "SMALLINT" => "SMALLSERIAL",
        "INTEGER" => "SERIAL",
        "BIGINT" => "BIGSERIAL",
        other => other,
    }
}
