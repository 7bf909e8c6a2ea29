use autobot_plan::{Journal, Phase, Timestamp};
use autobot_report::Lang;
use serde_json::json;

use crate::render::{phase_text, phase_words, table, words};
use crate::{Context, Exit, Result, phases};

/// `autobot status`: what is done, what is next, what to type.
pub fn status(context: &Context) -> Result<Exit> {
    let state = Journal::read(&context.journal_path())?;
    let lang = context.lang();
    let header = [words::PHASE, words::STATE, words::WHEN, words::TOOK].map(|words| words.to(lang));
    let mut table = table(["", header[0], header[1], header[2], header[3]]);
    let mut rows = Vec::new();
    for phase in Phase::ALL {
        let done = state.phases.get(&phase);
        let begun = done.is_none() && state.entered == Some(phase);
        let word = match (done.is_some(), begun) {
            (true, _) => words::DONE,
            (false, true) => words::BEGUN,
            (false, false) => words::TO_DO,
        };
        let at = done.map(|done| done.at.rfc3339());
        let took = done.map(|done| format!("{}.{} s", done.took_ms / 1000, done.took_ms % 1000 / 100));
        table.add_row([
            phase.number().to_string(),
            phase_words(phase).to(lang).to_owned(),
            word.to(lang).to_owned(),
            at.clone().unwrap_or_default(),
            took.unwrap_or_default(),
        ]);
        rows.push(json!({
            "number": phase.number(), "phase": phase, "state": word.to(Lang::En),
            "at": at, "took_ms": done.map(|done| done.took_ms), "result": done.map(|done| &done.result),
        }));
    }
    let failed = state.changes.iter().rev().find_map(|change| Some((change, change.failed.as_ref()?)));
    let target = phases::stored_target(context)?.map(|stored| stored.target.to_string());
    let next = |lang| match (state.next_phase(), &state.rolled_back) {
        (_, Some(option)) => words::ROLLED_BACK_TO.filled(lang, &[("option", option)]),
        (Some(phase), None) => phase_text(lang, words::NEXT_OR_ALL, phase),
        (None, None) => words::ALL_DONE_BACK.to(lang).to_owned(),
    };
    let mut lines = vec![table.to_string()];
    lines.extend(target.as_ref().map(|target| words::TARGET.filled(lang, &[("target", target)])));
    lines.extend(
        failed.map(|(change, error)| words::LAST_FAILURE.filled(lang, &[("change", &change.id), ("error", error)])),
    );
    lines.push(next(lang));
    let document = json!({
        "app": context.app(std::path::Path::new("")), "work_dir": context.work_dir(),
        "opened": state.opened.map(Timestamp::rfc3339), "phases": rows, "target": target, "next": next(Lang::En),
        "rolled_back": state.rolled_back,
        "last_failure": failed.map(|(change, error)| json!({ "change": change.id, "error": error })),
    });
    context.output.result(&lines.join("\n"), &document);
    Ok(Exit::Done)
}
