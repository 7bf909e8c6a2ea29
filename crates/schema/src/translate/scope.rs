use autobot_catalog::{Affinity, Form, PgType};

use super::typed::{Collation, Kind, Typed};
use super::why::Why;
use crate::decide::{ColumnDraft, TableDraft};
use crate::typing::{Class, class_of};

/// What an expression can name.
pub(crate) struct Scope<'t> {
    table: Option<&'t TableDraft<'t>>,
    /// "Now" may be named: in defaults only.
    pub(super) allows_now: bool,
    /// Generated columns cannot be named, their expressions stand for them: in generated columns only.
    pub(super) inlines_generated: bool,
    /// How many generated columns stand inside each other.
    pub(super) depth: u8,
}

impl<'t> Scope<'t> {
    /// The columns of one table.
    pub(crate) fn of(table: &'t TableDraft<'t>) -> Self {
        Self { table: Some(table), allows_now: false, inlines_generated: false, depth: 0 }
    }

    /// The columns that a generated column of the table can name.
    pub(crate) fn of_generated(table: &'t TableDraft<'t>) -> Self {
        Self { inlines_generated: true, ..Self::of(table) }
    }

    /// No columns; "now" instead.
    pub(crate) fn of_default() -> Self {
        Self { table: None, allows_now: true, inlines_generated: false, depth: 0 }
    }

    /// One level further into generated columns.
    pub(super) fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, ..*self }
    }

    /// The draft of a column, when there is such a column.
    pub(super) fn find(&self, table: Option<&str>, name: &str) -> Option<&'t ColumnDraft<'t>> {
        let own = self.table?;
        let named = table.is_none_or(|table| table.eq_ignore_ascii_case(own.source.name.as_str()));
        own.column(name).filter(|_| named)
    }
}

/// A column as an operand; refused when what it holds is not all of one kind, as SQLite then compares by class.
pub(super) fn column<'t>(draft: &'t ColumnDraft<'t>) -> Result<Typed<'t>, Why> {
    let kind = kind(&draft.map.target_type);
    if !is_pure(draft, &kind) {
        return Err(Why(format!("`{}` holds values of several kinds", draft.source.name)));
    }
    let collation = draft.source.collation.as_deref().map_or(Collation::Binary, Collation::named);
    Ok(Typed { column: Some(draft), collation, ..Typed::atom(draft.map.target.quoted(), kind) })
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
