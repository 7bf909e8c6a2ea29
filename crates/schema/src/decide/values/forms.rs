//! Form by form: what the type takes, and what becomes of the rest.

use autobot_catalog::{Finding, OnInvalid, PgType, Seen, Severity};
use autobot_convert::{Change, Converter, Reason, Verdict};

use super::on_column;
use crate::decide::draft::{ColumnDraft, TableDraft, TypedBy};
use crate::findings::{self as code, code_of_change, code_of_reason};

pub(super) fn report(table: &TableDraft<'_>, column: &ColumnDraft<'_>, found: &mut Vec<Finding>) {
    let Some(evidence) = column.evidence else { return };
    let converter = Converter::for_column(&column.map);
    for (form, seen) in evidence.forms.iter().filter(|(_, seen)| seen.count > 0) {
        match converter.admits(*form, evidence) {
            Verdict::Exact => {}
            Verdict::Warned(changes) => {
                found.extend(changes.iter().map(|change| changed(table, column, change, seen)));
            }
            Verdict::Refused(reason) => found.push(refused(table, column, reason, seen)),
        }
    }
}

fn changed(table: &TableDraft<'_>, column: &ColumnDraft<'_>, change: Change, seen: &Seen) -> Finding {
    let found = on_column(code_of_change(change), table, column, &change.to_string()).seen(seen);
    // Prisma's own client reads dates without a zone as UTC: nothing changes for it.
    let expected = column.typed_by == TypedBy::Model && change == Change::ReadAsUtc;
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
    if reason == Reason::OutOfRange && column.typed_by == TypedBy::Model && *target == PgType::Integer {
        let message = "holds integers beyond 32 bits: the field needs BigInt";
        return on_column(&code::NEEDS_BIGINT, table, column, message).seen(seen).done();
    }
    let declared = if column.source.declared.is_empty() { "no type" } else { column.source.declared.as_str() };
    let message = format!("{reason} (declared {declared}, becomes {target})");
    on_column(code_of_reason(reason), table, column, &message).seen(seen).done()
}
