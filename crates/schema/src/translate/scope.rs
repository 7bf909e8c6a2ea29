use autobot_catalog::{Affinity, Form, PgType};

use super::bounds::Bounds;
use super::text_order::TextOrder;
use super::typed::{Collation, Kind, Typed};
use super::why::Why;
use crate::decide::{ColumnDraft, TableDraft};
use crate::typing::{Class, class_of};

/// What an expression can name.
#[derive(Clone)]
pub(crate) struct Scope<'t> {
    /// Tables by the names they go by.
    tables: Vec<(String, &'t TableDraft<'t>)>,
    /// Columns are written with the names of their tables: in views.
    qualified: bool,
    /// "Now" may be named: in defaults only.
    pub(super) allows_now: bool,
    /// Generated columns cannot be named, their expressions stand for them: in generated columns only.
    pub(super) inlines_generated: bool,
    /// How many generated columns stand inside each other.
    pub(super) depth: u8,
    /// Only the columns of this table can be named without it: in triggers.
    plain: Option<usize>,
    /// By which bytes the source orders texts.
    pub(super) text_order: TextOrder,
}

impl<'t> Scope<'t> {
    /// The columns of one table.
    pub(crate) fn of(table: &'t TableDraft<'t>) -> Self {
        let tables = vec![(table.source.name.as_str().to_owned(), table)];
        Self { tables, ..Self::empty(table.text_order) }
    }

    /// The columns that a generated column of the table can name.
    pub(crate) fn of_generated(table: &'t TableDraft<'t>) -> Self {
        Self { inlines_generated: true, ..Self::of(table) }
    }

    /// No columns; "now" instead.
    pub(crate) fn of_default(text_order: TextOrder) -> Self {
        Self { allows_now: true, ..Self::empty(text_order) }
    }

    /// The columns of several tables, each by the name it goes by.
    pub(super) fn of_tables(tables: Vec<(String, &'t TableDraft<'t>)>, text_order: TextOrder) -> Self {
        Self { tables, qualified: true, ..Self::empty(text_order) }
    }

    /// The rows that a trigger sees, and the table that one of its statements writes, whose columns need no name of a table.
    pub(super) fn of_trigger(
        rows: Vec<(String, &'t TableDraft<'t>)>,
        written: Option<(String, &'t TableDraft<'t>)>,
        text_order: TextOrder,
    ) -> Self {
        let plain = Some(rows.len());
        let tables = rows.into_iter().chain(written).collect();
        Self { allows_now: true, plain, ..Self::of_tables(tables, text_order) }
    }

    fn empty(text_order: TextOrder) -> Self {
        Self {
            tables: Vec::new(),
            qualified: false,
            allows_now: false,
            inlines_generated: false,
            depth: 0,
            plain: None,
            text_order,
        }
    }

    /// One level further into generated columns.
    pub(super) fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }

    /// A column as an operand; none when there is no such column, refused when there are several.
    pub(super) fn find(&self, table: Option<&str>, name: &str) -> Result<Option<Typed<'t>>, Why> {
        let named = self.tables.iter().enumerate().filter(|(at, (alias, _))| match table {
            Some(table) => table.eq_ignore_ascii_case(alias),
            None => self.plain.is_none_or(|plain| plain == *at),
        });
        let mut found = named.filter_map(|(_, (alias, table))| Some((alias, table.column(name)?)));
        let Some((alias, draft)) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return Err(Why(format!("several tables have a column `{name}`")));
        }
        let typed = column(draft)?;
        let sql = if self.qualified { format!("{}.{}", quoted(alias), typed.sql) } else { typed.sql.clone() };
        Ok(Some(Typed { sql, ..typed }))
    }

    /// All columns, or those of one table: the name the table goes by, and the column.
    pub(super) fn all_columns(&self, of: Option<&str>) -> Vec<(String, String)> {
        let named = self.tables.iter().filter(|(alias, _)| of.is_none_or(|of| of.eq_ignore_ascii_case(alias)));
        let columns = named.flat_map(|(alias, table)| table.columns.iter().map(move |column| (alias, column)));
        columns.map(|(alias, column)| (alias.clone(), column.source.name.as_str().to_owned())).collect()
    }

    /// A table of FROM with the name it goes by.
    pub(super) fn source_sql(&self, at: usize) -> String {
        let (alias, table) = &self.tables[at];
        format!("{} AS {}", table.target.quoted(), quoted(alias))
    }
}

fn quoted(alias: &str) -> String {
    format!("\"{}\"", alias.replace('"', "\"\""))
}

/// A column as an operand; refused when what it holds is not all of one kind, as SQLite then compares by class.
fn column<'t>(draft: &'t ColumnDraft<'t>) -> Result<Typed<'t>, Why> {
    let kind = kind(&draft.map.target_type);
    if !is_pure(draft, &kind) {
        return Err(Why(format!("`{}` holds values of several kinds", draft.source.name)));
    }
    let collation = draft.source.collation.as_deref().map_or(Collation::Binary, Collation::named);
    let bounds = draft.evidence.map(Bounds::of_column);
    Ok(Typed { column: Some(draft), collation, bounds, ..Typed::atom(draft.map.target.quoted(), kind) })
}

fn kind(target: &PgType) -> Kind {
    match target {
        PgType::Boolean => Kind::Bool,
        PgType::SmallInt | PgType::Integer | PgType::BigInt => Kind::Int,
        PgType::Double => Kind::Double,
        PgType::Decimal { .. } => Kind::Decimal,
        PgType::Text | PgType::Varchar(_) => Kind::Text,
        PgType::Bytea => Kind::Bytes,
        other => Kind::Other(other.clone()),
    }
}

/// True when every value that the column holds is of the storage class that its kind stands for.
fn is_pure(draft: &ColumnDraft<'_>, kind: &Kind) -> bool {
    let Some(evidence) = draft.evidence else { return true };
    let mut forms = evidence.forms.iter().filter(|(_, seen)| seen.count > 0).map(|(form, _)| *form);
    forms.all(|form| {
        let class = class_of(form);
        class == Class::Null
            || match kind {
                Kind::Null | Kind::Other(_) => true,
                Kind::Bool => form == Form::IntegerBit,
                Kind::Int => class == Class::Integer,
                Kind::Double => {
                    class == Class::Real || class == Class::Integer && draft.source.affinity != Affinity::Blob
                }
                Kind::Decimal => matches!(class, Class::Integer | Class::Real),
                Kind::Text => class == Class::Text,
                Kind::Bytes => class == Class::Blob,
            }
    })
}
