//! Form by form: what the type takes, and what becomes of the rest.

use std::collections::BTreeSet;

use autobot_catalog::{Finding, OnInvalid, PgType, Seen, Severity};
use autobot_convert::{Change, Converter, Reason, Verdict};
use autobot_prisma::Schema;

use super::{allowing, on_column};
use crate::decide::draft::{ColumnDraft, TableDraft, TypedBy};
use crate::findings::{self as code, code_of_change, code_of_reason};

pub(super) fn report(
    table: &TableDraft<'_>,
    column: &ColumnDraft<'_>,
    application: Option<&Schema>,
    found: &mut Vec<Finding>,
) {
    let Some(evidence) = column.evidence else { return };
    let converter = Converter::for_column(&column.map);
    let exact = table.evidence.and_then(|of_table| of_table.changed.get(&column.source.name));
    let mut maybe: Vec<(Change, &Seen)> = Vec::new();
    for (form, seen) in evidence.forms.iter().filter(|(_, seen)| seen.count > 0) {
        match converter.admits(*form, evidence) {
            Verdict::Exact => {}
            Verdict::Warned(changes) => maybe.extend(changes.iter().map(|change| (change, seen))),
            Verdict::Refused(reason) => found.push(refused(table, column, (reason, seen), application)),
        }
    }
    let Some(exact) = exact else {
        found.extend(maybe.into_iter().map(|(change, seen)| changed(table, column, change, seen)));
        return;
    };
    let changes: BTreeSet<Change> = maybe.into_iter().map(|(change, _)| change).collect();
    let seen = |change: Change| Some((change, exact.get(change.code())?));
    found.extend(changes.into_iter().filter_map(seen).map(|(change, seen)| changed(table, column, change, seen)));
}

fn changed(table: &TableDraft<'_>, column: &ColumnDraft<'_>, change: Change, seen: &Seen) -> Finding {
    let found = on_column(code_of_change(change), table, column, &change.to_string()).seen(seen);
    // Prisma's own client reads dates without a zone as UTC: nothing changes for it.
    let expected = column.typed_by == TypedBy::Model && change == Change::ReadAsUtc;
    if expected { found.severity(Severity::Note).done() } else { found.done() }
}

fn refused(
    table: &TableDraft<'_>,
    column: &ColumnDraft<'_>,
    (reason, seen): (Reason, &Seen),
    application: Option<&Schema>,
) -> Finding {
    let nullable = !column.map.not_null;
    let outcome = match column.map.on_invalid {
        OnInvalid::Null if nullable && reason != Reason::NullInNotNull => Some("become NULL"),
        OnInvalid::Quarantine => Some("go to quarantine"),
        OnInvalid::Null | OnInvalid::Refuse => None,
    };
    if let Some(outcome) = outcome {
        let message = format!("{} values {outcome} by rule: {reason}", seen.count);
        return on_column(&code::BY_RULE, table, column, &message).seen(seen).done();
    }
    let target = &column.map.target_type;
    if reason == Reason::NullInNotNull && table.source.primary_key.contains(&column.source.name) {
        let key = vec![("surrogate_key", free_column(table))];
        let found = on_column(&code::NULL_IN_PRIMARY_KEY, table, column, "NULL in the primary key").seen(seen);
        return found.allowed_at_table(vec![key]).done();
    }
    let rules = allowing::rules(table, column, reason, application);
    if reason == Reason::OutOfRange && column.typed_by == TypedBy::Model && *target == PgType::Integer {
        let message = "holds integers beyond 32 bits: the field needs BigInt";
        let found = on_column(&code::NEEDS_BIGINT, table, column, message).seen(seen).allowed_by(rules);
        let advice = "change the field to BigInt in schema.prisma (phase 4 does with `migrate.widen_integers = true`)";
        return found.advice(advice).done();
    }
    let declared = if column.source.declared.is_empty() { "no type" } else { column.source.declared.as_str() };
    let message = format!("{reason} (declared {declared}, becomes {target})");
    let found = on_column(code_of_reason(reason), table, column, &message).seen(seen).allowed_by(rules);
    match reason {
        Reason::NotInEnum => found.advice("add the label to the enum in schema.prisma").done(),
        _ => found.done(),
    }
}

/// A name for a generated key that no column has.
fn free_column(table: &TableDraft<'_>) -> String {
    let taken = |name: &str| {
        let target = |column: &ColumnDraft<'_>| column.map.target.as_str().eq_ignore_ascii_case(name);
        table.source.column(name).is_some() || table.columns.iter().any(target)
    };
    let numbered = (2..).map(|number: u64| format!("row_id_{number}"));
    let names = ["id", "row_id"].into_iter().map(str::to_owned).chain(numbered);
    names.filter(|name| !taken(name)).take(1).collect()
}
