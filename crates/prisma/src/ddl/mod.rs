//! The statements that create a schema in PostgreSQL, byte for byte as Prisma's engine writes them.

mod build;
mod column;
mod date_time;
mod decimal;
mod default_value;
mod flavor;
mod foreign_key;
mod index;
mod join_table;
mod names;
mod namespace;
mod native_type;
mod quote;
mod statement;
mod table;

pub use build::postgres_ddl;
pub use column::{Column, ColumnType, SqlDefault};
pub use flavor::Flavor;
pub use foreign_key::ForeignKey;
pub use index::{Index, IndexColumn};
pub(crate) use names::{IDENTIFIER_BYTES_MAX, join_table as join_table_name};
pub use namespace::{EnumType, Extension, Namespace};
pub(crate) use native_type::is_known as is_known_native_type;
pub use statement::{Statement, StatementKind};
pub use table::{PrimaryKey, Table};

/// What Prisma writes when there is nothing to create.
const EMPTY: &str = "-- This is an empty migration.\n";

/// Everything a schema needs in PostgreSQL, in the order in which Prisma creates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ddl {
    /// `CREATE SCHEMA IF NOT EXISTS`.
    pub namespaces: Vec<Namespace>,
    /// `CREATE EXTENSION IF NOT EXISTS`.
    pub extensions: Vec<Extension>,
    /// `CREATE TYPE … AS ENUM`.
    pub enums: Vec<EnumType>,
    /// `CREATE TABLE`: models first, then join tables.
    pub tables: Vec<Table>,
    /// `CREATE [UNIQUE] INDEX`, by table.
    pub indexes: Vec<Index>,
    /// `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY`.
    pub foreign_keys: Vec<ForeignKey>,
}

impl Ddl {
    /// All statements in order, primary keys within their tables.
    pub fn statements(&self) -> Vec<Statement> {
        let mut out: Vec<Statement> = Vec::new();
        out.extend(self.namespaces.iter().map(Namespace::create));
        out.extend(self.extensions.iter().map(Extension::create));
        out.extend(self.enums.iter().map(EnumType::create));
        out.extend(self.tables.iter().map(Table::create));
        out.extend(self.indexes.iter().map(Index::create));
        out.extend(self.foreign_keys.iter().map(ForeignKey::add));
        out
    }

    /// The text of `migration.sql`, as `prisma migrate dev` and `prisma migrate diff --script --output` write it.
    ///
    /// (`migrate diff --script` on a terminal prints one more line end after it.)
    pub fn migration_sql(&self) -> String {
        let statements = self.statements();
        if statements.is_empty() {
            return EMPTY.to_owned();
        }
        statements.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// The same with every unprefixed table and enum in a database schema of this name, which is not created here:
    /// for loading rows in a place of their own.
    ///
    /// Defaults given as raw SQL (`dbgenerated`) are left as they are.
    #[must_use]
    pub fn staged_in(&self, schema: &str) -> Ddl {
        let mut staged = self.clone();
        let fill = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| schema.to_owned());
        };
        staged.enums.iter_mut().for_each(|e| fill(&mut e.schema));
        for table in &mut staged.tables {
            fill(&mut table.schema);
            for column in &mut table.columns {
                if let ColumnType::Enum { schema, .. } = &mut column.column_type {
                    fill(schema);
                }
            }
        }
        staged.indexes.iter_mut().for_each(|i| fill(&mut i.schema));
        for key in &mut staged.foreign_keys {
            fill(&mut key.schema);
            fill(&mut key.referenced_schema);
        }
        staged
    }

    /// The table of this name in the database.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// The column of this name of the table of this name; join tables have theirs too.
    pub fn column(&self, table: &str, column: &str) -> Option<&Column> {
        self.table(table)?.columns.iter().find(|c| c.name == column)
    }
}

#[cfg(test)]
mod tests;
