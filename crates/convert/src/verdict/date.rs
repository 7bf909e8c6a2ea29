//! Dates, times and timestamps.

use autobot_catalog::{ColumnEvidence, EpochUnit, Form};

use crate::epoch::{self, DAY_MICROS};
use crate::{Change, Changes, Reason};

use super::{Verdict, exact_if, refused, warned};

pub(super) fn date(unit: Option<EpochUnit>, form: Form, evidence: &ColumnEvidence) -> Verdict {
    match form {
        Form::TextDate => Verdict::Exact,
        Form::TextDateTimeNaive | Form::TextDateTimeZoned => {
            exact_if(evidence.times_of_day == 0, Reason::TimeOfDayInDate)
        }
        Form::RealNegativeZero | Form::RealWhole | Form::RealFraction | Form::RealInfinite if unit.is_some() => {
            refused(Reason::TimeOfDayInDate)
        }
        // Julian days begin at noon.
        Form::Integer if unit == Some(EpochUnit::JulianDay) => refused(Reason::TimeOfDayInDate),
        form => match number(unit, form, evidence) {
            Ok(nanos) if nanos % (i128::from(DAY_MICROS) * 1_000) != 0 => refused(Reason::TimeOfDayInDate),
            Ok(_) => Verdict::Exact,
            Err(reason) => refused(reason),
        },
    }
}

pub(super) fn time(digits: u8, form: Form, evidence: &ColumnEvidence) -> Verdict {
    match form {
        Form::TextTime => warned(cut_in_text(digits, evidence)),
        Form::TextDateImpossible => refused(Reason::ImpossibleDate),
        _ => refused(Reason::NotATime),
    }
}

pub(super) fn timestamp(digits: u8, unit: Option<EpochUnit>, form: Form, evidence: &ColumnEvidence) -> Verdict {
    match form {
        Form::TextDate => warned(Change::ReadAsUtc.into()),
        Form::TextDateTimeNaive => warned(cut_in_text(digits, evidence).with(Change::ReadAsUtc)),
        Form::TextDateTimeZoned => warned(cut_in_text(digits, evidence)),
        form => match number(unit, form, evidence) {
            Ok(nanos) => {
                let julian = unit == Some(EpochUnit::JulianDay) && form == Form::RealFraction;
                let cut = nanos % (1_000 * 10_i128.pow(6 - u32::from(digits.min(6)))) != 0;
                warned(Changes::NONE.with_if(cut, Change::DigitsCut).with_if(julian, Change::JulianRounded))
            }
            Err(reason) => refused(reason),
        },
    }
}

fn cut_in_text(digits: u8, evidence: &ColumnEvidence) -> Changes {
    Changes::NONE.with_if(evidence.fraction_digits_max > digits.min(6), Change::DigitsCut)
}

/// The nanoseconds of which all numbers of the form are multiples; 1 when they may have any fraction.
fn number(unit: Option<EpochUnit>, form: Form, evidence: &ColumnEvidence) -> Result<i128, Reason> {
    let unit_of = || unit.ok_or(Reason::UnknownUnit);
    match form {
        Form::IntegerBit | Form::RealNegativeZero => {
            Err(unit_of().map_or_else(|none| none, |_| Reason::ImpossibleDate))
        }
        Form::Integer => {
            let unit = unit_of()?;
            let (low, high) = evidence.integers.ok_or(Reason::OutOfRange)?;
            for end in [low, high] {
                epoch::integer(end, unit).map_err(|refusal| refusal.reason)?;
            }
            Ok(i128::from(evidence.integers_gcd.max(1)) * epoch::unit_nanos(unit))
        }
        Form::RealWhole | Form::RealFraction => {
            let unit = unit_of()?;
            if form == Form::RealWhole && evidence.real_zeros > 0 {
                return Err(Reason::ImpossibleDate);
            }
            let (low, high) = evidence.reals.ok_or(Reason::OutOfRange)?;
            for end in [low, high] {
                epoch::real(end, unit).map_err(|refusal| refusal.reason)?;
            }
            Ok(match (form, unit) {
                (Form::RealWhole, unit) => epoch::unit_nanos(unit),
                (_, EpochUnit::JulianDay) => 1_000_000,
                _ => 1,
            })
        }
        Form::RealInfinite => Err(unit_of().map_or_else(|none| none, |_| Reason::Infinite)),
        Form::TextDateImpossible => Err(Reason::ImpossibleDate),
        _ => Err(Reason::NotADate),
    }
}
