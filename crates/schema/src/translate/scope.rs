use crate::decide::TableDraft;

/// The columns that an expression can name.
pub(crate) struct Scope<'t> {
    table: &'t TableDraft<'t>,
}

impl<'t> Scope<'t> {
    /// The columns of one table.
    pub(crate) fn of(table: &'t TableDraft<'_>) -> Self {
        let _ = table;
        Self { table }
    }
}
