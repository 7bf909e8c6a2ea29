//! Form by form: what the type takes, and what becomes of the rest.

use autobot_catalog::{Finding, Form, NulRule, OnInvalid, PgType, Seen, Severity, Utf8Rule};
use autobot_convert::{Change, Changes, Reason};

use super::on_column;
use crate::decide::draft::{ColumnDraft, TableDraft};
use crate::findings::{self as code, code_of_change, code_of_reason};
use crate::typing::{Fit, fit};

pub(super) fn report(table: &TableDraft<'_>, column: &ColumnDraft<'_>, found: &mut Vec<Finding>) {
    let Some(evidence) = column.evidence else { return };
    for (form, seen) in evidence.forms.iter().filter(|(_, seen)| seen.count > 0) {
        let fit = match by_rule(column, *form) {
            Some(changes) => Fit::All(changes),
            None if *form == Form::Null => null(column),
            None => fit(&column.map.target_type, column.map.unit, *form, evidence),
        };
        match fit {
            Fit::All(changes) => {
                for change in changes.iter() {
                    found.push(changed(table, column, change, seen));
                }
            }
            Fit::No(reason) => found.push(refused(table, column, reason, seen)),
        }
    }
}

/// What the owner's rules make of texts that PostgreSQL cannot hold.
fn by_rule(column: &ColumnDraft<'_>, form: Form) -> Option<Changes> {
    let text = !matches!(column.map.target_type, PgType::Bytea);
    match form {
        Form::TextNul if text => match column.map.nul {
            NulRule::Invalid => None,
            NulRule::Strip => Some(Change::NulStripped.into()),
            NulRule::Escape => Some(Change::Escaped.into()),
        },
        Form::TextInvalidUtf8 | Form::TextSurrogates if text => match column.map.utf8 {
            Utf8Rule::Invalid => None,
            Utf8Rule::Replace => Some(Change::Utf8Replaced.into()),
        },
        _ => None,
    }
}

fn null(column: &ColumnDraft<'_>) -> Fit {
    if column.map.not_null { Fit::No(Reason::NullInNotNull) } else { Fit::All(Changes::NONE) }
}

fn changed(table: &TableDraft<'_>, column: &ColumnDraft<'_>, change: Change, seen: &Seen) -> Finding {
    let found = on_column(code_of_change(change), table, column, &change.to_string()).seen(seen);
    // Prisma's own client reads dates without a zone as UTC: nothing changes for it.
    let expected = column.by_model && change == Change::ReadAsUtc;
    if expected { found.severity(Severity::Note).done() } else { found.done() }
}

fn refused(table: &TableDraft<'_>, column: &ColumnDraft<'_>, reason: Reason, seen: &Seen) -> Finding {
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
        return on_column(&code::NULL_IN_PRIMARY_KEY, table, column, "NULL in the primary key").seen(seen).done();
    }
    if reason == Reason::OutOfRange && column.by_model && *target == PgType::Integer {
        let message = "holds integers beyond 32 bits: the field needs BigInt";
        return on_column(&code::NEEDS_BIGINT, table, column, message).seen(seen).done();
    }
    let declared = if column.source.declared.is_empty() { "no type" } else { column.source.declared.as_str() };
    let message = format!("{reason} (declared {declared}, becomes {target})");
    on_column(code_of_reason(reason), table, column, &message).seen(seen).done()
}
