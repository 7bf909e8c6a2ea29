use autobot_db::SchemaName;
use autobot_prisma::Flavor;

/// What is decided by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideOptions {
    /// Where the tables are published.
    pub target_schema: SchemaName,
    /// Indexes that the source does not have (the plan's own); those whose table or column is missing are passed over.
    pub additional_indexes: Vec<AdditionalIndex>,
    /// The form of Prisma's DDL, by the version that the application uses.
    pub flavor: Flavor,
}

/// An index that the source does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditionalIndex {
    /// The table, as the source names it.
    pub table: String,
    /// Its columns in order, as the source names them.
    pub columns: Vec<String>,
}
