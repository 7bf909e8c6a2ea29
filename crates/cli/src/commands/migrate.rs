use autobot_plan::{Event, Observer, Phase};
use serde_json::json;

use crate::render::{phase_text, words};
use crate::{Context, Desk, Exit, Failure, Result, phases};

/// `autobot migrate`: all six phases, stopping at the first that fails; goes on where an earlier run stopped.
pub async fn migrate(context: &Context) -> Result<Exit> {
    let results = Box::pin(run_phases(context)).await?;
    let report = crate::reporting::write(context)?;
    let document = json!({
        "outcome": outcome(context), "phases": results, "warnings": context.terminal.warnings(), "report": report.with_extension("json"),
    });
    let lang = context.lang();
    let text =
        format!("{}\n{}", words::ALL_DONE.to(lang), words::REPORT.filled(lang, &[("report", &report.display())]));
    context.output.result(&text, &document);
    Ok(Exit::Done)
}

/// Carries out every phase that is not done. Used by `migrate` and `demo`.
pub async fn run_phases(context: &Context) -> Result<Vec<serde_json::Value>> {
    let (_lock, mut journal) = context.begin()?;
    let mut results = Vec::new();
    for phase in Phase::ALL {
        let state = journal.state();
        if state.is_done(phase) && !(phase == Phase::Prepare && phases::is_stale(context, state)?) {
            context.terminal.on(&Event::Note { text: phase_text(context.lang(), words::PHASE_BEFORE, phase) });
            let result = state.phases.get(&phase).map(|done| done.result.clone());
            results.push(json!({ "number": phase.number(), "phase": phase, "result": result }));
            continue;
        }
        let mut desk = Desk::carrying_out(context, &mut journal);
        let result = Box::pin(phases::phase(&mut desk, phase)).await;
        let result = result.map_err(|failure| stopped_at(phase, failure))?;
        results.push(json!({ "number": phase.number(), "phase": phase, "result": result }));
    }
    Ok(results)
}

fn outcome(context: &Context) -> &'static str {
    if context.terminal.warnings().is_empty() { "migrated" } else { "migrated_with_warnings" }
}

/// Says where it stands; a failure after the first effects is one that can be gone on from.
fn stopped_at(phase: Phase, failure: Failure) -> Failure {
    let before = match phase.number() {
        1 => "no phase is done".to_owned(),
        2 => "phase 1 is done".to_owned(),
        number => format!("phases 1 to {} are done", number - 1),
    };
    let state = format!(
        "{before}; mend the cause and type `autobot migrate` to go on, or `autobot rollback sqlite` to go back"
    );
    let own = failure.state.clone();
    failure.with_state(own.map_or(state.clone(), |own| format!("{own}; {state}")))
}
