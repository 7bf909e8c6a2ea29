use autobot_db::{ColumnName, Name, TableName};
use serde::{Deserialize, Serialize};

/// What a SQLite database says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceCatalog {
    /// Tables in the order of their creation.
    pub tables: Vec<SourceTable>,
    /// Views.
    pub views: Vec<SourceObject>,
    /// Triggers.
    pub triggers: Vec<SourceObject>,
    /// `pragma encoding`: `UTF-8`, `UTF-16le` or `UTF-16be`.
    pub encoding: String,
    /// `pragma user_version`.
    pub user_version: i64,
    /// `pragma application_id`.
    pub application_id: i64,
}

/// A view or trigger as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceObject {
    /// Its name.
    pub name: Name,
    /// The table it belongs to; a view's own name.
    pub table: String,
    /// Its SQL.
    pub sql: String,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceTable {
    /// Its name.
    pub name: TableName,
    /// What kind of table it is.
    pub kind: TableKind,
    /// Its `CREATE` statement.
    pub sql: String,
    /// Columns in declared order, hidden and generated ones included.
    pub columns: Vec<SourceColumn>,
    /// Columns of the primary key in key order; empty when there is none.
    pub primary_key: Vec<ColumnName>,
    /// The column that is another name of the rowid (`INTEGER PRIMARY KEY`, but not `… DESC`: hostile input 52).
    pub rowid_alias: Option<ColumnName>,
    /// The word by which a statement can name the rowid: none for WITHOUT ROWID, or when columns hide all three words.
    pub rowid_word: Option<String>,
    /// Declared `AUTOINCREMENT`.
    pub autoincrement: bool,
    /// The highest id ever given out: from `sqlite_sequence`, or the highest rowid where that is a column.
    pub sequence: Option<i64>,
    /// Declared `WITHOUT ROWID`.
    pub without_rowid: bool,
    /// Declared `STRICT`.
    pub strict: bool,
    /// Foreign keys.
    pub foreign_keys: Vec<SourceForeignKey>,
    /// Indexes, those of constraints included.
    pub indexes: Vec<SourceIndex>,
    /// CHECK expressions as they were written, with their names.
    pub checks: Vec<(Option<String>, String)>,
}

/// The kinds of table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// An ordinary table.
    Ordinary,
    /// A virtual table and the module that serves it (`fts5`, `rtree`, …).
    Virtual {
        /// Lower-case name of the module.
        module: String,
        /// False when this program's SQLite lacks the module, so that its rows cannot be read.
        readable: bool,
    },
    /// A table in which a virtual table keeps its content.
    Shadow {
        /// The virtual table.
        of: TableName,
    },
    /// Bookkeeping of SQLite or of a known tool (`sqlite_stat1`, `_prisma_migrations`, `_litestream_seq`, …).
    Bookkeeping {
        /// The tool.
        tool: String,
    },
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceColumn {
    /// Its name.
    pub name: ColumnName,
    /// Its declared type as written; empty when there is none.
    pub declared: String,
    /// What follows from the declared type (SQLite documentation, "Datatypes", 3.1).
    pub affinity: Affinity,
    /// Declared NOT NULL.
    pub not_null: bool,
    /// Its default as written.
    pub default: Option<String>,
    /// Its collation, when it is not BINARY.
    pub collation: Option<String>,
    /// Set for a generated column: its expression as written, and whether it is STORED.
    pub generated: Option<(String, bool)>,
    /// Hidden column of a virtual table.
    pub hidden: bool,
}

/// Type affinity of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Affinity {
    /// INTEGER.
    Integer,
    /// TEXT.
    Text,
    /// BLOB, or no declared type: values stay as given.
    Blob,
    /// REAL.
    Real,
    /// NUMERIC.
    Numeric,
}

/// One foreign key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceForeignKey {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// The referring columns in order.
    pub columns: Vec<ColumnName>,
    /// The table referred to, as written: it need not exist.
    pub parent: String,
    /// The columns referred to; empty when not written (the parent's primary key is meant: hostile input 44).
    pub parent_columns: Vec<ColumnName>,
    /// `ON DELETE` action in capitals, `NO ACTION` when not written.
    pub on_delete: String,
    /// `ON UPDATE` action in capitals.
    pub on_update: String,
    /// `DEFERRABLE INITIALLY DEFERRED`.
    pub deferred: bool,
}

/// One index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceIndex {
    /// Its name (`sqlite_autoindex_…` for a constraint's).
    pub name: Name,
    /// Its SQL; none for a constraint's.
    pub sql: Option<String>,
    /// UNIQUE.
    pub unique: bool,
    /// `c` by CREATE INDEX, `u` by a UNIQUE constraint, `pk` by a PRIMARY KEY.
    pub origin: String,
    /// Predicate of a partial index as written.
    pub predicate: Option<String>,
    /// Its key columns in order.
    pub columns: Vec<SourceIndexColumn>,
}

/// One key column of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceIndexColumn {
    /// The column, or none for an expression.
    pub column: Option<ColumnName>,
    /// The expression as written, for an expression.
    pub expression: Option<String>,
    /// Descending.
    pub descending: bool,
    /// Collation, `BINARY` unless given.
    pub collation: String,
}

impl SourceTable {
    /// The column of that name, compared as SQLite does (ASCII case ignored).
    pub fn column(&self, name: &str) -> Option<&SourceColumn> {
        self.columns.iter().find(|column| column.name.as_str().eq_ignore_ascii_case(name))
    }
}

impl SourceCatalog {
    /// The table of that name, compared as SQLite does (ASCII case ignored).
    pub fn table(&self, name: &str) -> Option<&SourceTable> {
        self.tables.iter().find(|table| table.name.as_str().eq_ignore_ascii_case(name))
    }
}
