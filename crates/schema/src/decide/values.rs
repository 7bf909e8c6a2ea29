//! What the values are, against the types they become.

mod allowing;
mod forms;
mod ranges;

use autobot_catalog::Finding;

use super::draft::{ColumnDraft, Draft, TableDraft};

/// Reports every value that does not go over as it is.
pub(super) fn report(draft: &mut Draft<'_>) {
    let mut found: Vec<Finding> = Vec::new();
    for table in &draft.tables {
        for column in &table.columns {
            forms::report(table, column, draft.prisma, &mut found);
            ranges::report(table, column, &mut found);
        }
        ranges::duplicates(table, &mut found);
        ranges::look_alikes(table, &mut found);
    }
    draft.findings.append(&mut found);
}

/// Begins a finding on a column.
fn on_column(
    code: &crate::findings::Code,
    table: &TableDraft<'_>,
    column: &ColumnDraft<'_>,
    message: &str,
) -> crate::findings::Found {
    let message = format!("`{}`.`{}`: {message}", table.source.name, column.source.name);
    crate::findings::finding(code, message).table(&table.source.name).column(&column.source.name)
}
