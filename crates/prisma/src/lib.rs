//! Reading and rewriting `schema.prisma`, and the DDL that Prisma's engine emits for it.
//!
//! Everything here is pure: text in, text out. No file is read, no database is spoken to.
//!
//! - [`Schema::parse`] reads one or several schema files and resolves what they mean.
//! - [`Schema::apply`] carries out [`Edits`]; every byte that an edit does not name stays as it was.
//! - [`postgres_ddl`] gives the statements of the `migration.sql` that Prisma would write for PostgreSQL.
//! - [`migration_checksum`] and its neighbours describe the files and the row of a baseline migration.
//!
//! Facts about Prisma were taken from runs of Prisma 6.9 to 7.4 and, where said, from reading its engines.

mod ddl;
mod error;
mod findings;
mod migration;
mod rewrite;
mod schema;
mod source;
mod syntax;

pub use ddl::{
    Column, ColumnType, Ddl, EnumType, Extension, Flavor, ForeignKey, Index, IndexColumn, Namespace, PrimaryKey,
    SqlDefault, Statement, StatementKind, Table, postgres_ddl,
};
pub use error::Error;
pub use findings::{Finding, Severity};
pub use migration::{
    MIGRATION_LOCK_FILE, MIGRATIONS_TABLE, MIGRATIONS_TABLE_SQL, migration_checksum, migration_directory,
    migration_lock_toml,
};
pub use rewrite::{Edit, Edits};
pub use schema::{
    Action, Arity, Block, BlockKind, Datasource, DefaultValue, Enum, EnumValue, ExtensionSetting, Field, FieldType,
    Generator, IndexAlgorithm, IndexDef, IndexField, IndexKind, Model, NativeType, PrimaryKeyDef, RelationDef, Scalar,
    Schema, Setting, SortOrder,
};
pub use source::{Place, SourceFile, Span};
pub use syntax::{Token, TokenKind, tokens};
