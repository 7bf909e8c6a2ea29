//! What a run that ended early found, laid over the report of what it had done before.

use autobot_plan::Phase;
use autobot_report::{Finding, PhaseState, Report};
use serde_json::{Value, json};

use super::convert::{part, prove, same_form};
use super::parts::tried;
use crate::Failure;

/// Lays a failure over a report: why, what to do, what was refused, what differs, which tests failed.
pub fn lay_over(report: &mut Report, failure: &Failure) {
    let nothing = Value::Null;
    let details = failure.details.as_deref().unwrap_or(&nothing);
    report.run.failure = Some(failure.error.to_string());
    report.run.hint.clone_from(&failure.hint);
    report.run.bad_rows = part(details, "bad_rows");
    report.run.ended_at = Some(autobot_plan::Timestamp::now().rfc3339());
    if report.findings.is_empty() {
        report.findings = refused(details);
    }
    if let Some(found) = part(details, "verification") {
        prove(report, &found);
    }
    if details.get("checklist").is_some() {
        tried(report, details);
    }
}

/// The same, for a phase of a migration.
pub fn phase_failed(report: &mut Report, phase: Phase, failure: &Failure) {
    lay_over(report, failure);
    if let Some(entered) = report.phases.iter_mut().find(|entered| entered.number == phase.number()) {
        entered.state = PhaseState::Failed;
        entered.at.clone_from(&report.run.ended_at);
    }
}

/// The findings of a refusal, which has them as the closing document does: problems and warnings apart.
fn refused(details: &Value) -> Vec<Finding> {
    let of = |list: &str, severity: &str| {
        let mut items = details.get(list).cloned().unwrap_or_default();
        for item in items.as_array_mut().into_iter().flatten() {
            item["severity"] = json!(severity);
        }
        same_form(&items)
    };
    [of("problems", "problem"), of("warnings", "warning")].concat()
}
