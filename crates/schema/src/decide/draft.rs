use autobot_catalog::{
    ColumnEvidence, ColumnMap, ColumnRule, Evidence, Finding, Form, Migration, RowKey, Rules, Skipped, SourceCatalog,
    SourceColumn, SourceTable, TableEvidence, TableMap, TableRule, TargetSchema,
};
use autobot_db::{ColumnName, TableName};
use autobot_prisma::{Ddl, Schema};

use super::DecideOptions;
use crate::ddl::NameRegistry;
use crate::translate::TextOrder;
use crate::typing::Writer;

/// A migration in the making.
pub(crate) struct Draft<'a> {
    pub(super) catalog: &'a SourceCatalog,
    pub(super) evidence: &'a Evidence,
    pub(super) rules: &'a Rules,
    pub(super) options: &'a DecideOptions,
    /// The application's schema.prisma.
    pub(super) prisma: Option<&'a Schema>,
    /// What Prisma declares for PostgreSQL, where there is a schema.prisma.
    pub(super) ddl: Option<Ddl>,
    pub(super) tables: Vec<TableDraft<'a>>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) findings: Vec<Finding>,
    /// Names of tables, indexes and sequences.
    pub(super) relations: NameRegistry,
}

/// A table in the making.
pub(crate) struct TableDraft<'a> {
    pub(crate) source: &'a SourceTable,
    pub(crate) evidence: Option<&'a TableEvidence>,
    pub(crate) rule: TableRule,
    pub(crate) target: TableName,
    pub(crate) columns: Vec<ColumnDraft<'a>>,
    pub(crate) key: RowKey,
    /// By which bytes SQLite orders texts.
    pub(crate) text_order: TextOrder,
    /// The name that Prisma knows the table by, when a model declares it.
    pub(crate) model: Option<String>,
    pub(crate) quarantine_orphans: Vec<(Vec<ColumnName>, TableName, Vec<ColumnName>)>,
    /// CHECKs that come after the rows, since some break them: name and condition.
    pub(crate) late_checks: Vec<(String, String)>,
    /// Names of constraints.
    pub(crate) constraints: NameRegistry,
}

/// What the type of a column follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypedBy {
    /// Its declaration.
    Declaration,
    /// What is stored, as its declaration means nothing known.
    Content,
    /// A rule of the owner.
    Rule,
    /// schema.prisma.
    Model,
}

/// A column in the making.
#[derive(Clone)]
pub(crate) struct ColumnDraft<'a> {
    pub(crate) source: &'a SourceColumn,
    pub(crate) evidence: Option<&'a ColumnEvidence>,
    pub(crate) rule: ColumnRule,
    pub(crate) map: ColumnMap,
    /// What its type follows from.
    pub(crate) typed_by: TypedBy,
    /// The program that wrote the file.
    pub(crate) writer: Writer,
    /// The unit was decided from the range of the numbers.
    pub(crate) unit_guessed: bool,
    /// The type that the declaration means does not take every value.
    pub(crate) fell_back: bool,
    /// The expression of a generated column in PostgreSQL's SQL.
    pub(crate) generated_sql: Option<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        catalog: &'a SourceCatalog,
        evidence: &'a Evidence,
        rules: &'a Rules,
        options: &'a DecideOptions,
    ) -> Self {
        Self {
            catalog,
            evidence,
            rules,
            options,
            prisma: None,
            ddl: None,
            tables: Vec::new(),
            skipped: Vec::new(),
            findings: Vec::new(),
            relations: NameRegistry::default(),
        }
    }

    /// The table of that name in the source, when it goes over.
    pub(super) fn table(&self, name: &str) -> Option<&TableDraft<'a>> {
        self.tables.iter().find(|table| table.source.name.as_str().eq_ignore_ascii_case(name))
    }

    /// The program that wrote the file, as far as it shows.
    pub(super) fn writer(&self) -> Writer {
        if self.ddl.is_some() { Writer::Prisma } else { Writer::of(self.catalog) }
    }

    /// By which bytes SQLite orders texts.
    pub(super) fn text_order(&self) -> TextOrder {
        TextOrder::of(&self.catalog.encoding)
    }

    pub(super) fn finish(self, target: TargetSchema) -> Migration {
        let mut findings = self.findings;
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Migration {
            tables: self.tables.into_iter().map(TableDraft::finish).collect(),
            skipped: self.skipped,
            target,
            findings,
        }
    }
}

impl<'a> TableDraft<'a> {
    /// The column of that name in the source, when it goes over.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnDraft<'a>> {
        self.columns.iter().find(|column| column.source.name.as_str().eq_ignore_ascii_case(name))
    }

    /// The columns of these names; none when one of them does not go over.
    pub(crate) fn columns_of(&self, names: &[ColumnName]) -> Option<Vec<&ColumnDraft<'a>>> {
        names.iter().map(|name| self.column(name.as_str())).collect()
    }

    /// True when the primary key of the source is one in the target too.
    pub(crate) fn keeps_primary_key(&self) -> bool {
        self.rule.surrogate_key.is_none() && !self.is_keyless()
    }

    /// True for the migration table of Drizzle, which declares a key and fills it with NULL.
    fn is_keyless(&self) -> bool {
        let null = |name: &ColumnName| {
            let forms = self.evidence.and_then(|evidence| evidence.columns.get(name)).map(|column| &column.forms);
            forms.and_then(|forms| forms.get(&Form::Null)).is_some_and(|seen| seen.count > 0)
        };
        self.source.name.as_str() == "__drizzle_migrations" && self.source.primary_key.iter().any(null)
    }

    /// Rows of the table, where they were counted.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.evidence.map(|evidence| evidence.rows)
    }

    fn finish(self) -> TableMap {
        TableMap {
            source: self.source.name.clone(),
            target: self.target,
            key: self.key,
            filter: self.rule.rows,
            rows: self.evidence.map(|evidence| evidence.rows),
            bytes: self.evidence.map(|evidence| evidence.bytes),
            quarantine_orphans: self.quarantine_orphans,
            columns: self.columns.into_iter().map(|column| column.map).collect(),
        }
    }
}

impl ColumnDraft<'_> {
    /// How many values of a form the column holds; 0 when nothing was assessed.
    pub(crate) fn count(&self, form: autobot_catalog::Form) -> u64 {
        self.evidence.and_then(|evidence| evidence.forms.get(&form)).map_or(0, |seen| seen.count)
    }
}
