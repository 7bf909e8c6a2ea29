mod date;
mod number;
mod text;

use autobot_catalog::{ColumnEvidence, EpochUnit, Form, PgType};

use crate::converter::{Converter, Kind};
use crate::{Change, Changes, Reason};

/// What becomes of all values of one form in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every one goes over exactly.
    Exact,
    /// Every one goes over; of these changes some may occur.
    Warned(Changes),
    /// At least one does not go over.
    Refused(Reason),
}

/// What [`Converter::encode`] of that type will do with the values of a form, in a column with that evidence.
///
/// Without rules of the owner; see [`Converter::admits`] for a column whose rules are known. The forms must have been
/// looked for as [`Interest::of_type`](crate::Interest::of_type) says, else the verdict errs towards refusal.
pub fn admits(target: &PgType, unit: Option<EpochUnit>, form: Form, evidence: &ColumnEvidence) -> Verdict {
    Converter::for_type(target, unit).admits(form, evidence)
}

impl Converter {
    /// What [`Converter::encode`] will do with the values of a form, in a column with that evidence.
    pub fn admits(&self, form: Form, evidence: &ColumnEvidence) -> Verdict {
        match form {
            Form::Null if self.not_null => Verdict::Refused(Reason::NullInNotNull),
            Form::Null => Verdict::Exact,
            form => self.kind.admits(form, evidence),
        }
    }
}

impl Kind {
    fn admits(&self, form: Form, evidence: &ColumnEvidence) -> Verdict {
        match self {
            Self::Text(rules) => text::text(rules, form, evidence),
            Self::Bytea { numbers: true } if is_number(form) => warned(Change::NumberAsText.into()),
            Self::Bytea { .. } if is_number(form) => refused(Reason::NumberInBytea),
            Self::Bytea { .. } => Verdict::Exact,
            Self::Enum(labels) => match &evidence.labels {
                Some(seen) if is_text(form) && seen.iter().all(|label| labels.has(label.as_bytes())) => Verdict::Exact,
                _ => refused(Reason::NotInEnum),
            },
            _ if matches!(form, Form::Blob | Form::BlobText) => refused(Reason::BlobInScalar),
            _ if form == Form::TextEmpty => refused(Reason::EmptyText),
            Self::Boolean => number::boolean(form, evidence),
            Self::SmallInt => number::integer(form, evidence, i64::from(i16::MIN), i64::from(i16::MAX)),
            Self::Integer => number::integer(form, evidence, i64::from(i32::MIN), i64::from(i32::MAX)),
            Self::BigInt => number::integer(form, evidence, i64::MIN, i64::MAX),
            Self::Real => number::single(form, evidence),
            Self::Double => number::double(form, evidence),
            Self::Decimal(limits) => number::decimal(*limits, form, evidence),
            Self::Date(unit) => date::date(*unit, form, evidence),
            Self::Time(digits) => date::time(*digits, form, evidence),
            Self::Timestamp(digits, unit) => date::timestamp(*digits, *unit, form, evidence),
            Self::Json => text::json(form),
            Self::Jsonb => text::jsonb(form, evidence),
            Self::Uuid => match form {
                Form::TextUuid => warned(Changes::NONE.with_if(evidence.uppercase_uuids > 0, Change::LetterCase)),
                _ => refused(Reason::NotAUuid),
            },
        }
    }
}

fn refused(reason: Reason) -> Verdict {
    Verdict::Refused(reason)
}

fn warned(changes: Changes) -> Verdict {
    if changes.is_empty() { Verdict::Exact } else { Verdict::Warned(changes) }
}

/// Refused unless `so`.
fn exact_if(so: bool, reason: Reason) -> Verdict {
    if so { Verdict::Exact } else { Verdict::Refused(reason) }
}

/// The form of a value of storage class INTEGER or REAL.
fn is_number(form: Form) -> bool {
    matches!(
        form,
        Form::IntegerBit
            | Form::Integer
            | Form::RealWhole
            | Form::RealFraction
            | Form::RealNegativeZero
            | Form::RealInfinite
    )
}

/// The form of a value of storage class TEXT.
fn is_text(form: Form) -> bool {
    !is_number(form) && !matches!(form, Form::Null | Form::Blob | Form::BlobText)
}

#[cfg(test)]
mod tests;
