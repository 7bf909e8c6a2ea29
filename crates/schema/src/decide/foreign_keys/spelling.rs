use autobot_catalog::{Affinity, Form, PgType};

use crate::decide::ColumnDraft;

const INTEGERS: &[Form] = &[Form::IntegerBit, Form::Integer];
const NUMBERS: &[Form] =
    &[Form::IntegerBit, Form::Integer, Form::RealWhole, Form::RealFraction, Form::RealNegativeZero];

/// Forms of a child's values and of its parent's.
type Pair = (&'static [Form], &'static [Form]);

/// Those that SQLite may hold for equal, and that are written otherwise.
const OTHERWISE: &[Pair] = &[
    (INTEGERS, &[Form::RealWhole, Form::RealNegativeZero]),
    (&[Form::RealWhole, Form::RealNegativeZero], INTEGERS),
    (&[Form::RealWhole], &[Form::RealNegativeZero]),
    (&[Form::RealNegativeZero], &[Form::RealWhole]),
];

/// Texts that the affinity of the parent makes numbers of.
const TEXTS: &[Pair] =
    &[(&[Form::TextInteger], &[Form::RealWhole, Form::RealNegativeZero]), (&[Form::TextDecimal], NUMBERS)];

/// In a column that is declared a text nobody looks for numbers: any text may be one.
const ANY_TEXT: &[Pair] = &[(&[Form::Text], NUMBERS)];

/// True unless a key that SQLite finds by the value of a number may be another text in the target: 1 and 1.0, 7 and `007`.
pub(super) fn alike(child: &ColumnDraft<'_>, parent: &ColumnDraft<'_>) -> bool {
    let as_text = matches!(
        parent.map.target_type,
        PgType::Text | PgType::Varchar(_) | PgType::Char(_) | PgType::Citext | PgType::Bytea
    );
    let pairs: &[&[Pair]] = match (parent.source.affinity, child.source.affinity) {
        _ if !as_text => &[],
        // SQLite itself compares texts.
        (Affinity::Text, _) => &[],
        (Affinity::Blob, _) => &[OTHERWISE],
        (_, Affinity::Text) => &[ANY_TEXT],
        _ => &[OTHERWISE, TEXTS],
    };
    let holds = |column: &ColumnDraft<'_>, forms: &[Form]| forms.iter().any(|form| column.count(*form) > 0);
    !pairs.iter().copied().flatten().any(|(ours, theirs)| holds(child, ours) && holds(parent, theirs))
}
