//! The model of what a database holds and how each column goes over. Data only: no database, no conversion.
//!
//! [`SourceCatalog`] is what SQLite says, [`Evidence`] what a full pass over the values found, [`Migration`] what was
//! decided: for each table a [`TableMap`] (how its rows go over) and in [`TargetSchema`] the statements that create the
//! target. [`Finding`]s name everything that is not plain.

mod evidence;
mod finding;
mod mapping;
mod pg_type;
mod rules;
mod source;
mod target;

pub use evidence::{ColumnEvidence, Evidence, Form, Seen, TableEvidence};
pub use finding::{Finding, Place, Severity};
pub use mapping::{ColumnMap, EpochUnit, Generated, Migration, RowFilter, RowKey, Skipped, TableMap};
pub use pg_type::PgType;
pub use rules::{Checks, ColumnRule, NulRule, OnInvalid, Orphans, Rules, TableRule, Utf8Rule};
pub use source::{
    Affinity, SourceCatalog, SourceColumn, SourceForeignKey, SourceIndex, SourceIndexColumn, SourceObject, SourceTable,
    TableKind,
};
pub use target::{ForeignKeyObject, IndexObject, Object, SequenceObject, TableObject, TargetSchema};
