//! The rules that would let a column's values go over: tried on what the full pass found, so that a rule is named only
//! where it works.

use autobot_catalog::{ColumnEvidence, ColumnMap, EpochUnit, NulRule, OnInvalid, PgType, Utf8Rule};
use autobot_convert::{Converter, Reason, Verdict};
use autobot_prisma::Schema;

use crate::decide::draft::{ColumnDraft, TableDraft, TypedBy};
use crate::findings::Keys;
use crate::prisma::field_takes;
use crate::typing::{is_temporal, parse_pg_type, plausible};

/// The ways to say one unit.
macro_rules! ways {
    ($unit:literal) => {
        [
            &[("unit", $unit)],
            &[("as", "timestamp"), ("unit", $unit)],
            &[("unit", $unit), ("on_invalid", "null")],
            &[("unit", $unit), ("on_invalid", "quarantine")],
        ]
    };
}

/// One way: keys and values of a column's rule.
type Way = &'static [(&'static str, &'static str)];

const NULL: Way = &[("on_invalid", "null")];
const QUARANTINE: Way = &[("on_invalid", "quarantine")];
const TEXT: Way = &[("as", "text")];
const TEXT_STRIPPED: Way = &[("as", "text"), ("nul", "strip")];
const TEXT_REPLACED: Way = &[("as", "text"), ("nul", "strip"), ("utf8", "replace")];
const BYTES: Way = &[("as", "bytea")];
const INTEGER: Way = &[("as", "integer")];
const BIGINT: Way = &[("as", "bigint")];
const DOUBLE: Way = &[("as", "double precision")];
const NUMERIC: Way = &[("as", "numeric")];
const JSON: Way = &[("as", "json")];
const TIMESTAMP: Way = &[("as", "timestamp")];
const STRIP: Way = &[("nul", "strip")];
const ESCAPE: Way = &[("nul", "escape")];
const REPLACE: Way = &[("utf8", "replace")];
const REPLACE_AND_STRIP: Way = &[("utf8", "replace"), ("nul", "strip")];
const SKIP: Way = &[("skip", "true")];

/// The units of numbers in a date column, each with the ways to say it: alone, for a date with a time of day, and where
/// some numbers or texts are no dates.
const UNITS: &[(EpochUnit, [Way; 4])] = &[
    (EpochUnit::Seconds, ways!("seconds")),
    (EpochUnit::Milliseconds, ways!("milliseconds")),
    (EpochUnit::Microseconds, ways!("microseconds")),
    (EpochUnit::Nanoseconds, ways!("nanoseconds")),
    (EpochUnit::JulianDay, ways!("julian_day")),
    (EpochUnit::AppleSeconds, ways!("apple_seconds")),
    (EpochUnit::Days, ways!("days")),
];

/// What is tried whatever the reason, after what the reason suggests.
const ALWAYS: &[Way] = &[TEXT, NULL, QUARANTINE, TEXT_STRIPPED, TEXT_REPLACED, BYTES];

/// How many are named.
const NAMED_MAX: usize = 3;

/// The rules that let all values of a column go over, the best first.
pub(super) fn rules(
    table: &TableDraft<'_>,
    column: &ColumnDraft<'_>,
    reason: Reason,
    application: Option<&Schema>,
) -> Vec<Keys> {
    let mut named: Vec<Way> = Vec::new();
    for way in suggested(column, gravest(column, reason)) {
        // More keys than a way that works needs are no other way.
        let known = named.iter().any(|known| known.iter().all(|key| way.contains(key)));
        if named.len() < NAMED_MAX && !known && works(table, column, way, application) {
            named.push(way);
        }
    }
    named.iter().map(|way| way.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()).collect()
}

/// The reason that a rule for the column has to be about: what becomes of an empty text becomes of all that is refused, so
/// that NULL is named for it only where nothing else is refused.
fn gravest(column: &ColumnDraft<'_>, reason: Reason) -> Reason {
    let stands_for_nothing = |reason: &Reason| matches!(reason, Reason::EmptyText | Reason::ImpossibleDate);
    if !stands_for_nothing(&reason) {
        return reason;
    }
    let Some(evidence) = column.evidence else { return reason };
    let converter = Converter::for_column(&column.map);
    let seen = evidence.forms.iter().filter(|(_, seen)| seen.count > 0);
    let refused = seen.filter_map(|(form, _)| match converter.admits(*form, evidence) {
        Verdict::Refused(reason) => Some(reason),
        Verdict::Exact | Verdict::Warned(_) => None,
    });
    refused
        .filter(|reason| !stands_for_nothing(reason))
        .max_by_key(|reason| *reason == Reason::UnknownUnit)
        .unwrap_or(reason)
}

/// In the order in which the reason suggests them.
fn suggested(column: &ColumnDraft<'_>, reason: Reason) -> Vec<Way> {
    // An application that has its own types keeps them where a value can give way.
    let kept: &[Way] = if column.typed_by == TypedBy::Model { &[NULL, QUARANTINE] } else { &[] };
    let first: &[Way] = match reason {
        Reason::OutOfRange => &[BIGINT, NUMERIC],
        Reason::NulInText => &[STRIP, ESCAPE, BYTES, REPLACE_AND_STRIP],
        Reason::InvalidUtf8 | Reason::Surrogates => &[REPLACE, REPLACE_AND_STRIP, BYTES],
        Reason::UnknownUnit => return units(column),
        _ => &[],
    };
    let then: &[Way] = match reason {
        Reason::EmptyText | Reason::ImpossibleDate => &[NULL, TEXT],
        Reason::FractionInInteger => &[DOUBLE, NUMERIC],
        Reason::Infinite => &[DOUBLE],
        Reason::NotABoolean => &[BIGINT, INTEGER, TEXT],
        Reason::BlobInText | Reason::BlobInScalar => &[BYTES],
        Reason::NumberInBytea => &[TEXT, BYTES],
        Reason::TooManyDigits | Reason::InexactInDouble => &[NUMERIC],
        Reason::TimeOfDayInDate => &[TIMESTAMP],
        Reason::TooLong => &[TEXT, NULL, SKIP],
        Reason::JsonRefused | Reason::JsonTooDeep | Reason::JsonNul | Reason::JsonSurrogate | Reason::JsonNumber => {
            &[JSON]
        }
        _ => &[],
    };
    [first, kept, then, ALWAYS].concat()
}

/// Units of numbers in a date column: those that lead to dates of our time, else the numbers as they are.
fn units(column: &ColumnDraft<'_>) -> Vec<Way> {
    let range = column.evidence.map(|evidence| (evidence.integers, evidence.reals));
    let plausible = |unit| range.is_some_and(|(integers, reals)| plausible(unit, integers, reals));
    let (likely, others): (Vec<_>, Vec<_>) = UNITS.iter().partition(|(unit, _)| plausible(*unit));
    let likely = likely.iter().flat_map(|(_, ways)| ways);
    let kept = [BIGINT, DOUBLE];
    likely.chain(&kept).chain(others.iter().map(|(_, [alone, ..])| alone)).chain(ALWAYS).copied().collect()
}

/// True when no value is refused by the column's rule with these keys in it, and the application can have it so.
fn works(table: &TableDraft<'_>, column: &ColumnDraft<'_>, way: Way, application: Option<&Schema>) -> bool {
    let Some(evidence) = column.evidence else { return false };
    let mut map = column.map.clone();
    for (key, value) in way {
        match *key {
            "as" => {
                let Some(target) = parse_pg_type(value) else { return false };
                map.numbers_as_bytes = target == PgType::Bytea;
                if target == map.target_type && map.numbers_as_bytes == column.map.numbers_as_bytes {
                    return false;
                }
                if column.typed_by == TypedBy::Model
                    && !application.is_some_and(|schema| {
                        field_takes(schema, table.target.as_str(), column.map.target.as_str(), value)
                    })
                {
                    return false;
                }
                map.unit = map.unit.filter(|_| is_temporal(&target));
                map.target_type = target;
            }
            "on_invalid" => map.on_invalid = if *value == "null" { OnInvalid::Null } else { OnInvalid::Quarantine },
            "nul" => map.nul = if *value == "strip" { NulRule::Strip } else { NulRule::Escape },
            "utf8" => map.utf8 = Utf8Rule::Replace,
            "unit" => map.unit = unit_of(value),
            _ => return can_be_left_out(table, column),
        }
    }
    goes_over(&map, evidence)
}

fn unit_of(name: &str) -> Option<EpochUnit> {
    UNITS.iter().find(|(_, [alone, ..])| alone[0].1 == name).map(|(unit, _)| *unit)
}

/// True when nothing else of the schema needs the column.
fn can_be_left_out(table: &TableDraft<'_>, column: &ColumnDraft<'_>) -> bool {
    let name = &column.source.name;
    column.typed_by != TypedBy::Model && !table.source.primary_key.contains(name)
}

/// True when no value of the column is refused.
fn goes_over(map: &ColumnMap, evidence: &ColumnEvidence) -> bool {
    let converter = Converter::for_column(map);
    let gives_way = |reason: Reason| match map.on_invalid {
        OnInvalid::Refuse => false,
        OnInvalid::Null => !map.not_null && reason != Reason::NullInNotNull,
        OnInvalid::Quarantine => true,
    };
    let mut forms = evidence.forms.iter().filter(|(_, seen)| seen.count > 0);
    forms.all(|(form, _)| match converter.admits(*form, evidence) {
        Verdict::Refused(reason) => gives_way(reason),
        Verdict::Exact | Verdict::Warned(_) => true,
    })
}
