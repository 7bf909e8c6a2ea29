use autobot_catalog::{Affinity, ColumnEvidence, ColumnRule, EpochUnit, Form, PgType, SourceColumn};
use autobot_convert::{Verdict, admits};

use super::declared::Declared;
use super::epoch::{UnitGuess, guess_unit};
use super::rules::{DECIMAL, candidates_of_prisma, known};
use super::writer::Writer;

/// What a type is chosen from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnView<'a> {
    /// What SQLite says of the column.
    pub(crate) column: &'a SourceColumn,
    /// What the full pass found, where there was one.
    pub(crate) evidence: Option<&'a ColumnEvidence>,
    /// What the owner says.
    pub(crate) rule: &'a ColumnRule,
    /// The program that wrote the file.
    pub(crate) writer: Writer,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The type.
    pub(crate) target: PgType,
    /// What numbers in a date column count.
    pub(crate) unit: Option<EpochUnit>,
    /// The unit was decided from the range of the numbers.
    pub(crate) unit_guessed: bool,
    /// The declared type has no known meaning: what is stored decided.
    pub(crate) by_content: bool,
    /// The type that the declaration means does not take every value.
    pub(crate) fell_back: bool,
}

/// Chooses the type of a column: the owner's word, else the first candidate of the declared type's rule that takes
/// every value, else the first candidate.
pub(crate) fn choose(view: ColumnView<'_>, asked: Option<PgType>) -> Choice {
    let words = Declared::of(&view.column.declared).words;
    let known = known(&words, view.column.affinity);
    if let Some(target) = asked {
        let (unit, unit_guessed) = unit(view, &target);
        return Choice { target, unit, unit_guessed, by_content: false, fell_back: false };
    }
    let of_prisma = candidates_of_prisma(&words).filter(|_| view.writer == Writer::Prisma);
    let mut candidates = of_prisma.unwrap_or(known.candidates).iter();
    if !known.meant && view.column.affinity == Affinity::Blob {
        // Without affinity a number and the same digits as text are two values: nothing but their own type will do.
        candidates = pure_candidate(view.evidence).unwrap_or(known.candidates).iter();
    }
    if known.is_by_affinity() && view.column.affinity == Affinity::Numeric && holds_nothing(view.evidence) {
        // NUMERIC is the affinity of every name that SQLite makes nothing of (`Memo`, `interval`).
        candidates = [PgType::Text].iter();
    }
    let first = candidates.clone().next();
    let chosen = candidates.clone().find(|candidate| takes_all(view, candidate));
    let fell_back = chosen.is_some() && chosen != first;
    let chosen = chosen.or_else(|| beyond_64_bits(view, candidates.as_slice())).or(candidates.next());
    let target = chosen.cloned().unwrap_or(PgType::Text);
    let (unit, unit_guessed) = unit(view, &target);
    Choice { target, unit, unit_guessed, by_content: !known.meant, fell_back }
}

/// True when the full pass found no value in the column.
fn holds_nothing(evidence: Option<&ColumnEvidence>) -> bool {
    let value =
        |evidence: &ColumnEvidence| evidence.forms.iter().any(|(form, seen)| *form != Form::Null && seen.count > 0);
    evidence.is_some_and(|evidence| !value(evidence))
}

/// True when every value of the column goes over as the type.
pub(crate) fn takes_all(view: ColumnView<'_>, target: &PgType) -> bool {
    let Some(evidence) = view.evidence else { return true };
    let (unit, _) = unit(view, target);
    let mut forms = evidence.forms.iter().filter(|(form, seen)| **form != Form::Null && seen.count > 0);
    forms.all(|(form, _)| !matches!(admits(target, unit, *form, evidence), Verdict::Refused(_)))
}

/// For an integer column: SQLite stores an integer literal beyond 64 bits as REAL (hostile input 25). A column whose reals
/// are all of that size goes over as it is stored: no fraction was ever in it.
fn beyond_64_bits(view: ColumnView<'_>, candidates: &[PgType]) -> Option<&'static PgType> {
    /// 2^63, the first whole number that is no 64-bit integer.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let (low, high) = view.evidence?.reals.filter(|_| candidates == [PgType::BigInt])?;
    let beyond = low >= LIMIT || high <= -LIMIT;
    [&PgType::Double, &DECIMAL].into_iter().find(|candidate| beyond && takes_all(view, candidate))
}

/// For a column without affinity, the candidates that its storage classes leave.
fn pure_candidate(evidence: Option<&ColumnEvidence>) -> Option<&'static [PgType]> {
    let evidence = evidence?;
    let holds = |class: fn(Form) -> bool| evidence.forms.iter().any(|(form, seen)| seen.count > 0 && class(*form));
    let texts = holds(|form| class_of(form) == Class::Text);
    let blobs = holds(|form| class_of(form) == Class::Blob);
    let integers = holds(|form| class_of(form) == Class::Integer);
    let reals = holds(|form| class_of(form) == Class::Real);
    Some(match (texts, blobs, integers, reals) {
        (_, true, false, false) => &[PgType::Bytea],
        (true, false, false, false) => &[PgType::Text],
        (_, false, true, false) => &[PgType::BigInt],
        (false, false, _, true) => &[PgType::Double],
        _ => return None,
    })
}

/// Storage class of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// NULL.
    Null,
    /// INTEGER.
    Integer,
    /// REAL.
    Real,
    /// TEXT.
    Text,
    /// BLOB.
    Blob,
}

/// The storage class that a form belongs to.
pub(crate) fn class_of(form: Form) -> Class {
    match form {
        Form::Null => Class::Null,
        Form::IntegerBit | Form::Integer => Class::Integer,
        Form::RealWhole | Form::RealFraction | Form::RealNegativeZero | Form::RealInfinite => Class::Real,
        Form::Blob | Form::BlobText => Class::Blob,
        _ => Class::Text,
    }
}

/// True for the types that hold a date, time or both.
pub(crate) fn is_temporal(target: &PgType) -> bool {
    matches!(target, PgType::Date | PgType::Time(_) | PgType::Timestamp(_) | PgType::Timestamptz(_))
}

/// What numbers in a date column count: the owner's word, the writer's way, or what the whole range says.
fn unit(view: ColumnView<'_>, target: &PgType) -> (Option<EpochUnit>, bool) {
    if !is_temporal(target) {
        return (None, false);
    }
    if view.rule.unit.is_some() {
        return (view.rule.unit, false);
    }
    if let Some(unit) = view.writer.unit() {
        return (Some(unit), false);
    }
    let guess = |evidence: &ColumnEvidence| Some(guess_unit(evidence.integers?, evidence.reals));
    match view.evidence.and_then(guess) {
        Some(UnitGuess::Clear(unit)) => (Some(unit), true),
        _ => (None, false),
    }
}
