//! Text and JSON.

use autobot_catalog::{ColumnEvidence, Form, NulRule, Utf8Rule};

use crate::json::JSONB_BYTES_MAX;
use crate::text::{REAL_CHARACTERS_MAX, TextRules};
use crate::{Change, Changes, Reason, field};

use super::{Verdict, is_text, refused, warned};

/// Most characters of a 64-bit integer in decimal.
const INTEGER_CHARACTERS_MAX: u64 = 20;

pub(super) fn text(rules: &TextRules, form: Form, evidence: &ColumnEvidence) -> Verdict {
    let escaped = Changes::NONE.with_if(rules.nul == NulRule::Escape, Change::Escaped);
    let changes = match form {
        Form::Blob => return refused(Reason::BlobInText),
        Form::BlobText => escaped.with(Change::BlobAsText),
        Form::TextNul => match nul(rules.nul) {
            Ok(changes) => changes,
            Err(reason) => return refused(reason),
        },
        Form::TextInvalidUtf8 | Form::TextSurrogates => match invalid(rules, form, evidence) {
            Ok(changes) => changes.union(escaped),
            Err(reason) => return refused(reason),
        },
        form if is_text(form) => escaped,
        _ => Change::NumberAsText.into(),
    };
    let number = match form {
        Form::IntegerBit => Some(1),
        Form::Integer => Some(evidence.integers.map_or(INTEGER_CHARACTERS_MAX, characters)),
        form if is_text(form) || form == Form::BlobText => None,
        _ => Some(u64::from(REAL_CHARACTERS_MAX)),
    };
    // An escape is twice as long as what it stands for.
    let factor = if rules.nul == NulRule::Escape { 2 } else { 1 };
    let bytes = evidence.longest.as_ref().map_or(0, |(bytes, _)| *bytes);
    if number.is_none() && bytes.saturating_mul(factor) > field::BYTES_MAX as u64 {
        return refused(Reason::TooLong);
    }
    let length = number.unwrap_or_else(|| evidence.characters_max.saturating_mul(factor));
    if rules.characters_max.is_some_and(|most| length > u64::from(most)) {
        return refused(Reason::TooLong);
    }
    warned(changes.with_if(rules.padded, Change::Padded))
}

fn nul(rule: NulRule) -> Result<Changes, Reason> {
    match rule {
        NulRule::Invalid => Err(Reason::NulInText),
        NulRule::Strip => Ok(Change::NulStripped.into()),
        NulRule::Escape => Ok(Change::Escaped.into()),
    }
}

fn invalid(rules: &TextRules, form: Form, evidence: &ColumnEvidence) -> Result<Changes, Reason> {
    if rules.utf8 == Utf8Rule::Invalid {
        return Err(if form == Form::TextSurrogates { Reason::Surrogates } else { Reason::InvalidUtf8 });
    }
    let nul = if evidence.nul_in_invalid > 0 { nul(rules.nul)? } else { Changes::NONE };
    Ok(nul.with(Change::Utf8Replaced))
}

/// Most characters of the integers in a range.
fn characters((low, high): (i64, i64)) -> u64 {
    let length = |number: i64| {
        let digits = number.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
        u64::from(digits) + u64::from(number < 0)
    };
    length(low).max(length(high))
}

pub(super) fn json(form: Form) -> Verdict {
    match form {
        Form::RealInfinite => refused(Reason::Infinite),
        Form::IntegerBit
        | Form::Integer
        | Form::RealWhole
        | Form::RealFraction
        | Form::RealNegativeZero
        | Form::TextInteger
        | Form::TextJson
        | Form::TextJsonRefused
        | Form::TextJsonDuplicateKeys => Verdict::Exact,
        _ => refused(Reason::NotJson),
    }
}

pub(super) fn jsonb(form: Form, evidence: &ColumnEvidence) -> Verdict {
    let bytes = evidence.longest.as_ref().map_or(0, |(bytes, _)| *bytes);
    match form {
        Form::TextJsonRefused => refused(Reason::JsonRefused),
        Form::TextJson | Form::TextJsonDuplicateKeys if bytes > JSONB_BYTES_MAX as u64 => refused(Reason::TooLong),
        Form::TextJsonDuplicateKeys => warned(Change::DuplicateKeys.into()),
        Form::RealNegativeZero => warned(Change::NegativeZero.into()),
        form => json(form),
    }
}
