//! Booleans and numbers.

use autobot_catalog::{ColumnEvidence, Form};

use crate::{Change, Changes, Reason, numeric, real};

use super::{Verdict, exact_if, refused, warned};

pub(super) fn boolean(form: Form, evidence: &ColumnEvidence) -> Verdict {
    match form {
        Form::IntegerBit | Form::TextBoolean => Verdict::Exact,
        Form::TextInteger => exact_if(within(evidence.text_integers, 0, 1), Reason::NotABoolean),
        _ => refused(Reason::NotABoolean),
    }
}

pub(super) fn integer(form: Form, evidence: &ColumnEvidence, min: i64, max: i64) -> Verdict {
    match form {
        Form::IntegerBit => Verdict::Exact,
        Form::Integer => exact_if(within(evidence.integers, min, max), Reason::OutOfRange),
        Form::TextInteger => exact_if(within(evidence.text_integers, min, max), Reason::OutOfRange),
        Form::RealNegativeZero => warned(Change::NegativeZero.into()),
        // A whole real is a 64-bit integer: only narrower types have to look.
        Form::RealWhole if min == i64::MIN => Verdict::Exact,
        Form::RealWhole => {
            #[expect(clippy::cast_precision_loss, reason = "at most 32 bits here")]
            let (min, max) = (min as f64, max as f64);
            exact_if(evidence.reals.is_some_and(|(low, high)| min <= low && high <= max), Reason::OutOfRange)
        }
        Form::RealFraction | Form::RealInfinite => refused(Reason::FractionInInteger),
        _ => refused(Reason::TextInInteger),
    }
}

pub(super) fn double(form: Form, evidence: &ColumnEvidence) -> Verdict {
    match form {
        Form::IntegerBit | Form::RealWhole | Form::RealFraction | Form::RealNegativeZero | Form::RealInfinite => {
            Verdict::Exact
        }
        Form::Integer | Form::TextInteger => exact_if(evidence.integers_not_double == 0, Reason::InexactInDouble),
        _ => refused(Reason::TextInReal),
    }
}

pub(super) fn single(form: Form, evidence: &ColumnEvidence) -> Verdict {
    let fits = |real: f64| real::nearest(real).is_some();
    match (double(form, evidence), form) {
        (Verdict::Exact, Form::IntegerBit | Form::RealNegativeZero | Form::RealInfinite) => Verdict::Exact,
        (Verdict::Exact, Form::RealWhole | Form::RealFraction)
            if !evidence.reals.is_some_and(|(low, high)| fits(low) && fits(high)) =>
        {
            refused(Reason::OutOfRange)
        }
        (Verdict::Exact, _) => warned(Change::Rounded.into()),
        (verdict, _) => verdict,
    }
}

pub(super) fn decimal(limits: Option<(u16, u16)>, form: Form, evidence: &ColumnEvidence) -> Verdict {
    let fits = |(before, after): (u32, u32), changes: Changes| {
        if numeric::fits(before, after, limits) { warned(changes) } else { refused(Reason::TooManyDigits) }
    };
    match form {
        Form::IntegerBit => {
            let has_one = evidence.integers.is_none_or(|(_, high)| high >= 1);
            fits((u32::from(has_one), 0), Changes::NONE)
        }
        Form::Integer => fits((digits(evidence.integers), 0), Changes::NONE),
        Form::TextInteger => fits((digits(evidence.text_integers), 0), Changes::NONE),
        Form::RealWhole | Form::RealFraction if limits.is_none() => warned(Change::FromReal.into()),
        Form::RealWhole | Form::RealFraction => fits(evidence.digits_max, Change::FromReal.into()),
        Form::RealNegativeZero => warned(Changes::from(Change::FromReal).with(Change::NegativeZero)),
        Form::RealInfinite => refused(Reason::Infinite),
        Form::TextDecimal if limits.is_none() => warned(Change::NumberSpelling.into()),
        Form::TextDecimal => fits(evidence.digits_max, Change::NumberSpelling.into()),
        _ => refused(Reason::TextInNumeric),
    }
}

/// Most digits of the integers in a range.
fn digits(range: Option<(i64, i64)>) -> u32 {
    let most = range.map_or(u64::MAX, |(low, high)| low.unsigned_abs().max(high.unsigned_abs()));
    most.checked_ilog10().map_or(0, |log| log + 1)
}

/// False when there is no range, as then nothing is known.
fn within(range: Option<(i64, i64)>, min: i64, max: i64) -> bool {
    range.is_some_and(|(low, high)| min <= low && high <= max)
}
