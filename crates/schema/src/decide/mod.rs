//! From what is known to what is done: a [`Migration`], decided without touching either database.

mod assemble;
mod columns;
mod draft;
mod expressions;
mod foreign_keys;
mod indexes;
mod keys;
mod names;
mod objects;
mod options;
mod primary_keys;
mod prisma_tables;
mod sequences;
mod system_tables;
mod tables;
mod values;
mod width;

use std::collections::BTreeMap;

use autobot_catalog::{ColumnMap, Evidence, Migration, Rules, SourceCatalog, TableMap, TargetSchema};
use autobot_convert::Interest;
use autobot_db::{ColumnName, TableName};
use autobot_prisma::Schema;

pub use options::{AdditionalIndex, DecideOptions};

use draft::Draft;
pub(crate) use draft::{ColumnDraft, TableDraft};

/// Decides how every row goes over and what the target gets.
///
/// `evidence` may be empty, when nothing was assessed yet: then types follow the declarations alone and no finding
/// speaks of values. With `prisma`, the target is what Prisma declares for PostgreSQL, and what only the file has is
/// added to it. Whatever cannot be decided becomes a finding; a finding that is a problem refuses the migration.
pub fn decide(
    catalog: &SourceCatalog,
    evidence: &Evidence,
    prisma: Option<&Schema>,
    rules: &Rules,
    options: &DecideOptions,
) -> Migration {
    let mut draft = Draft::new(catalog, evidence, rules, options);
    draft.prisma = prisma;
    draft.ddl = prisma_tables::ddl(&mut draft, prisma);
    tables::select(&mut draft);
    columns::decide(&mut draft);
    foreign_keys::harmonise(&mut draft);
    names::check(&mut draft);
    expressions::generated(&mut draft);
    keys::decide(&mut draft);
    values::report(&mut draft);
    width::check(&mut draft);
    objects::report(&mut draft);
    let target = TargetSchema {
        schema: options.target_schema.clone(),
        extensions: assemble::extensions(&draft),
        types: prisma_tables::types(&draft),
        tables: assemble::tables(&mut draft),
        indexes: indexes::decide(&mut draft),
        foreign_keys: foreign_keys::decide(&mut draft),
        sequences: sequences::decide(&mut draft),
        comments: Vec::new(),
        after: objects::views(&mut draft).into_iter().chain(objects::triggers(&mut draft)).collect(),
    };
    draft.finish(target)
}

/// What a full pass over the values must look for beyond what the declared types tell, since schema.prisma or the
/// owner's rules make columns something else: by table and column of the source.
pub fn interests(
    catalog: &SourceCatalog,
    prisma: Option<&Schema>,
    rules: &Rules,
    options: &DecideOptions,
) -> BTreeMap<(TableName, ColumnName), Interest> {
    let migration = decide(catalog, &Evidence::default(), prisma, rules, options);
    let columns = migration.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let interest = |(table, column): (&TableMap, &ColumnMap)| {
        ((table.source.clone(), column.source.clone()), Interest::of_type(&column.target_type))
    };
    columns.map(interest).collect()
}
