use autobot_catalog::{SourceForeignKey, SourceTable};
use autobot_db::ColumnName;

use super::{Draft, Unfit};
use crate::decide::{ColumnDraft, TableDraft};
use crate::findings as code;

/// What a foreign key refers to.
pub(super) struct Parent<'d, 'a> {
    pub(super) table: &'d TableDraft<'a>,
    pub(super) columns: Vec<&'d ColumnDraft<'a>>,
}

/// Finds what a foreign key refers to; columns that are not written are the parent's primary key.
pub(super) fn resolve<'d, 'a>(draft: &'d Draft<'a>, key: &SourceForeignKey) -> Result<Parent<'d, 'a>, Unfit> {
    let missing = |why: String| (&code::NO_PARENT_TABLE, why);
    let Some(table) = draft.table(&key.parent) else {
        let there = draft.catalog.table(&key.parent).is_some();
        let why = if there { "does not go over" } else { "does not exist" };
        return Err(missing(format!("its parent table `{}` {why}", key.parent)));
    };
    let names = if key.parent_columns.is_empty() { &table.source.primary_key } else { &key.parent_columns };
    if names.is_empty() || names.len() != key.columns.len() {
        let why = format!("it names no columns, and `{}` has no primary key of as many columns", key.parent);
        return Err(missing(why));
    }
    let columns = table.columns_of(names).ok_or_else(|| missing(format!("`{}` has no such column", key.parent)))?;
    if table.model.is_none() && !is_unique(table, names) {
        let why = format!("its columns in `{}` have no unique key", key.parent);
        return Err((&code::PARENT_NOT_UNIQUE, why));
    }
    Ok(Parent { table, columns })
}

/// True when the target has a unique key over exactly these columns.
fn is_unique(table: &TableDraft<'_>, names: &[ColumnName]) -> bool {
    let source: &SourceTable = table.source;
    let same = |columns: &[ColumnName]| {
        let has = |name: &ColumnName| columns.iter().any(|column| column.as_str().eq_ignore_ascii_case(name.as_str()));
        columns.len() == names.len() && names.iter().all(has)
    };
    let by_index = source.indexes.iter().filter(|index| index.unique && index.predicate.is_none()).any(|index| {
        let plain = index.columns.iter().filter(|column| column.collation.eq_ignore_ascii_case("binary"));
        let columns: Vec<ColumnName> = plain.filter_map(|column| column.column.clone()).collect();
        let columns = Some(columns).filter(|columns| columns.len() == index.columns.len());
        columns.is_some_and(|columns| same(&columns))
    });
    // A key that a rule replaces stays unique only where its own index does.
    (table.keeps_primary_key() && same(&source.primary_key)) || by_index
}
