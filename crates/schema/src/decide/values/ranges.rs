//! What ranges, lengths and mixtures tell beyond the forms.

use autobot_catalog::{ColumnEvidence, ColumnRule, Finding, Form, PgType, Seen};

use super::on_column;
use crate::decide::draft::{ColumnDraft, TableDraft, TypedBy};
use crate::findings::{self as code, finding};
use crate::typing::{Class, ColumnView, Declared, choose, class_of, is_temporal};

/// 2^53: beyond it a JavaScript number does not hold every integer.
const JAVASCRIPT_MAX: u64 = 1 << 53;

/// The most bytes of a value of PostgreSQL: 1 GiB less its header.
const VALUE_BYTES_MAX: u64 = 0x3fff_ffff - 4;

pub(super) fn report(table: &TableDraft<'_>, column: &ColumnDraft<'_>, found: &mut Vec<Finding>) {
    if column.typed_by == TypedBy::Content {
        let declared = &column.source.declared;
        let what = if declared.is_empty() { "declares no type".to_owned() } else { format!("declares `{declared}`") };
        let message = format!("{what}; by its affinity and what is stored it becomes {}", column.map.target_type);
        found.push(on_column(&code::UNTYPED_COLUMN, table, column, &message).done());
    }
    by_rule(table, column, found);
    let Some(evidence) = column.evidence else { return };
    numbers(table, column, evidence, found);
    lengths(table, column, evidence, found);
    dates(table, column, evidence, found);
    let json = evidence.forms.get(&Form::TextJson).filter(|seen| seen.count > 0);
    if let Some(seen) = json.filter(|_| column.map.target_type == PgType::Jsonb) {
        let message = "jsonb does not keep the order of keys, spaces, and the spelling of numbers";
        found.push(on_column(&code::JSON_KEY_ORDER, table, column, message).seen(seen).done());
    }
    let refused = evidence.forms.get(&Form::TextJsonRefused).filter(|seen| seen.count > 0);
    let meant_binary = Declared::of(&column.source.declared).words == "JSONB";
    if let Some(seen) = refused.filter(|_| column.map.target_type == PgType::Json && meant_binary) {
        let message = "JSON that JSONB does not take: the column becomes JSON, which keeps texts as they are";
        found.push(on_column(&code::KEPT_AS_JSON, table, column, message).seen(seen).done());
    }
    let texts = seen_of(evidence, Class::Text);
    if column.map.target_type == PgType::Bytea && texts.count > 0 && seen_of(evidence, Class::Blob).count > 0 {
        let message = "texts and blobs both become bytes";
        found.push(on_column(&code::CLASS_LOST, table, column, message).seen(&texts).done());
    }
}

/// What a rule of the owner makes of the column as a whole.
fn by_rule(table: &TableDraft<'_>, column: &ColumnDraft<'_>, found: &mut Vec<Finding>) {
    let target = &column.map.target_type;
    let otherwise = || {
        let view = ColumnView {
            column: column.source,
            evidence: column.evidence,
            rule: &ColumnRule::default(),
            writer: column.writer,
        };
        choose(view, None).target
    };
    if column.typed_by == TypedBy::Rule && otherwise() != *target {
        let declared = if column.source.declared.is_empty() { "no type" } else { &column.source.declared };
        let message = format!("by rule it becomes {target} (declared {declared})");
        found.push(on_column(&code::BY_RULE, table, column, &message).done());
    }
    let numbers = column
        .evidence
        .is_some_and(|evidence| held(evidence).any(|form| matches!(class_of(form), Class::Integer | Class::Real)));
    if let Some(unit) = column.rule.unit.filter(|_| numbers && is_temporal(target)) {
        let message = format!("by rule its numbers are read as {}", format!("{unit:?}").to_lowercase());
        found.push(on_column(&code::BY_RULE, table, column, &message).done());
    }
    if column.rule.rename.is_some() && column.map.target != column.source.name {
        let message = format!("becomes `{}`, by rule", column.map.target);
        found.push(on_column(&code::RENAMED, table, column, &message).done());
    }
    if column.typed_by == TypedBy::Declaration && column.fell_back && *target != PgType::Json {
        let message = format!("declared {}; not every value is one, so it becomes {target}", column.source.declared);
        found.push(on_column(&code::ANOTHER_TYPE, table, column, &message).done());
    }
}

/// Rows that PostgreSQL holds for equal.
pub(super) fn duplicates(table: &TableDraft<'_>, found: &mut Vec<Finding>) {
    let duplicates = table.evidence.iter().flat_map(|evidence| &evidence.duplicates);
    for (index, seen) in duplicates.filter(|(_, seen)| seen.count > 0) {
        let message = format!("{} rows of `{}` are equal by unique index `{index}`", seen.count, table.source.name);
        found.push(finding(&code::DUPLICATES, message).table(&table.source.name).object(index).seen(seen).done());
    }
}

/// Keys that look the same.
pub(super) fn look_alikes(table: &TableDraft<'_>, found: &mut Vec<Finding>) {
    let look_alikes = table.evidence.iter().flat_map(|evidence| &evidence.look_alikes);
    for (index, seen) in look_alikes.filter(|(_, seen)| seen.count > 0) {
        let name = &table.source.name;
        let message = format!("{} rows of `{name}` look like others by unique index `{index}`", seen.count);
        found.push(finding(&code::LOOK_ALIKES, message).table(name).object(index).seen(seen).done());
    }
}

fn held(evidence: &ColumnEvidence) -> impl Iterator<Item = Form> {
    evidence.forms.iter().filter(|(form, seen)| **form != Form::Null && seen.count > 0).map(|(form, _)| *form)
}

/// The values of one storage class: how many, and where first.
fn seen_of(evidence: &ColumnEvidence, class: Class) -> Seen {
    let mut seen = Seen::default();
    for (_, of_form) in evidence.forms.iter().filter(|(form, _)| class_of(**form) == class) {
        seen.count += of_form.count;
        seen.first.extend(of_form.first.iter().cloned());
    }
    seen
}

fn numbers(table: &TableDraft<'_>, column: &ColumnDraft<'_>, evidence: &ColumnEvidence, found: &mut Vec<Finding>) {
    let beyond = |number: i64| number.unsigned_abs() > JAVASCRIPT_MAX;
    if evidence.integers.is_some_and(|(low, high)| beyond(low) || beyond(high)) {
        let message = "integers beyond 2^53, which a JavaScript number does not hold exactly";
        let exact = table.evidence.and_then(|of_table| of_table.changed.get(&column.source.name));
        let seen = exact.map(|exact| exact.get("beyond-javascript").cloned().unwrap_or_default());
        let found_numbers = on_column(&code::BEYOND_JAVASCRIPT, table, column, message);
        found.push(match seen {
            Some(seen) => found_numbers.seen(&seen).done(),
            None => found_numbers.done(),
        });
    }
    #[expect(clippy::cast_precision_loss, reason = "2^53 is exact")]
    let limit = JAVASCRIPT_MAX as f64;
    let whole = [Form::RealWhole, Form::RealFraction].iter().map(|form| column.count(*form)).sum::<u64>();
    let wide = evidence.reals.is_some_and(|(low, high)| low.abs() > limit || high.abs() > limit);
    let meant_whole = Declared::of(&column.source.declared).words.contains("INT");
    if whole > 0 && wide && meant_whole {
        let target = &column.map.target_type;
        let message = format!("whole numbers stored as REAL: SQLite has rounded them already (becomes {target})");
        let seen = seen_of(evidence, Class::Real);
        found.push(on_column(&code::PRECISION_ALREADY_LOST, table, column, &message).seen(&seen).done());
    }
}

fn lengths(table: &TableDraft<'_>, column: &ColumnDraft<'_>, evidence: &ColumnEvidence, found: &mut Vec<Finding>) {
    let longest = evidence.longest.as_ref();
    if let Some((bytes, place)) = longest.filter(|(bytes, _)| *bytes > VALUE_BYTES_MAX) {
        let message = format!("a value of {bytes} bytes; PostgreSQL takes {VALUE_BYTES_MAX}");
        let seen = Seen { count: 1, first: vec![place.clone()] };
        found.push(on_column(&code::TOO_LONG, table, column, &message).seen(&seen).done());
    }
    let declared = Declared::of(&column.source.declared);
    let limit = declared.numbers.first().copied().map(u64::from);
    if column.map.target_type == PgType::Text
        && let Some(limit) = limit.filter(|limit| evidence.characters_max > *limit)
    {
        let message =
            format!("texts of up to {} characters where {limit} are declared; becomes TEXT", evidence.characters_max);
        let place = longest.map(|(_, place)| place.clone());
        let seen = Seen { count: 1, first: place.into_iter().collect() };
        found.push(on_column(&code::LENGTH_NOT_ENFORCED, table, column, &message).seen(&seen).done());
    }
}

fn dates(table: &TableDraft<'_>, column: &ColumnDraft<'_>, evidence: &ColumnEvidence, found: &mut Vec<Finding>) {
    if !is_temporal(&column.map.target_type) {
        return;
    }
    let forms: Vec<Form> = held(evidence).collect();
    let dates = forms.iter().filter(|form| !matches!(form, Form::TextEmpty | Form::Text | Form::IntegerBit)).count();
    if dates > 1 {
        let message = format!("{dates} forms of date in one column; each is read by its form");
        found.push(on_column(&code::MIXED_DATES, table, column, &message).done());
    }
    if column.unit_guessed && column.map.unit.is_some() && forms.contains(&Form::Integer) {
        let unit = format!("{:?}", column.map.unit.unwrap_or(autobot_catalog::EpochUnit::Milliseconds));
        let message = format!("numbers are {}, by the range of all of them", unit.to_lowercase());
        found.push(on_column(&code::UNIT_DECIDED, table, column, &message).done());
    }
    if forms.contains(&Form::TextDateTimeZoned) && !matches!(column.map.target_type, PgType::Timestamptz(_)) {
        let message = "dates with an offset become the same instant in UTC";
        found.push(on_column(&code::OFFSETS_TO_UTC, table, column, message).done());
    }
}
