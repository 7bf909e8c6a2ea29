use autobot_plan::{Journal, Phase, Timestamp};
use serde_json::json;

use crate::render::table;
use crate::{Context, Exit, Result, phases};

/// `autobot status`: what is done, what is next, what to type.
pub fn status(context: &Context) -> Result<Exit> {
    let state = Journal::read(&context.journal_path())?;
    let mut table = table(["", "phase", "state", "when", "took"]);
    let mut rows = Vec::new();
    for phase in Phase::ALL {
        let done = state.phases.get(&phase);
        let begun = done.is_none() && state.entered == Some(phase);
        let word = if done.is_some() {
            "done"
        } else if begun {
            "begun"
        } else {
            "to do"
        };
        let at = done.map(|done| done.at.rfc3339()).unwrap_or_default();
        let took = done.map(|done| format!("{}.{} s", done.took_ms / 1000, done.took_ms % 1000 / 100));
        table.add_row([
            phase.number().to_string(),
            phase.to_string(),
            word.into(),
            at.clone(),
            took.unwrap_or_default(),
        ]);
        rows.push(json!({
            "number": phase.number(), "phase": phase, "state": word,
            "at": done.map(|done| done.at.rfc3339()), "took_ms": done.map(|done| done.took_ms),
            "result": done.map(|done| &done.result),
        }));
    }
    let failed = state.changes.iter().rev().find_map(|change| Some((change, change.failed.as_ref()?)));
    let target = phases::stored_target(context)?.map(|stored| stored.target.to_string());
    let next = match (state.next_phase(), &state.rolled_back) {
        (_, Some(option)) => format!("rolled back to {option}; `autobot migrate` begins anew"),
        (Some(phase), None) => {
            format!("next: autobot phase {} ({phase}), or autobot migrate for all that is left", phase.number())
        }
        (None, None) => "all six phases are done; `autobot rollback sqlite` goes back".to_owned(),
    };
    let mut text = format!("{table}\n");
    if let Some(target) = &target {
        text.push_str(&format!("target: {target}\n"));
    }
    if let Some((change, error)) = failed {
        text.push_str(&format!("last failure: {}: {error}\n", change.id));
    }
    text.push_str(&next);
    let document = json!({
        "app": context.app(std::path::Path::new("")), "work_dir": context.work_dir(),
        "opened": state.opened.map(Timestamp::rfc3339), "phases": rows, "target": target, "next": next,
        "rolled_back": state.rolled_back,
        "last_failure": failed.map(|(change, error)| json!({ "change": change.id, "error": error })),
    });
    context.output.result(&text, &document);
    Ok(Exit::Done)
}
