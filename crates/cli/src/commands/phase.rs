use autobot_plan::{Journal, Phase};
use serde_json::json;

use crate::args::PhaseArgs;
use crate::render::{Described, phase_text, words};
use crate::{Context, Desk, Exit, Result, phases};

/// `autobot phase N [--dry-run]`.
pub async fn phase(context: &Context, args: &PhaseArgs) -> Result<Exit> {
    if args.dry_run {
        let described = describe(context, args.phase).await?;
        show(context, &[(args.phase, described)]);
        return Ok(Exit::Done);
    }
    // A phase out of order is found before anything is made.
    context.require_app()?;
    let state = Journal::read(&context.journal_path())?;
    phases::require_before(args.phase, |before| state.is_done(before))?;
    let (_lock, mut journal) = context.begin()?;
    let mut desk = Desk::carrying_out(context, &mut journal);
    let result = Box::pin(phases::phase(&mut desk, args.phase)).await?;
    let next = match journal.state().next_phase() {
        Some(next) => phase_text(context.lang(), words::NEXT, next),
        None => words::ALL_DONE_STATUS.to(context.lang()).to_owned(),
    };
    let document = json!({
        "outcome": "done",
        "phase": args.phase,
        "result": result,
        "warnings": context.terminal.warnings(),
        "next": journal.state().next_phase(),
    });
    context.output.result(&next, &document);
    Ok(Exit::Done)
}

/// `autobot plan`: the dry run of all six.
pub async fn plan(context: &Context) -> Result<Exit> {
    let mut all = Vec::new();
    for phase in Phase::ALL {
        all.push((phase, describe(context, phase).await?));
    }
    show(context, &all);
    Ok(Exit::Done)
}

async fn describe(context: &Context, phase: Phase) -> Result<Vec<Described>> {
    let mut desk = Desk::describing(context);
    Box::pin(phases::phase(&mut desk, phase)).await?;
    Ok(desk.take_described())
}

fn show(context: &Context, phases: &[(Phase, Vec<Described>)]) {
    let (lang, mut text) = (context.lang(), String::new());
    for (phase, sections) in phases {
        text.push_str(&phase_text(lang, words::DRY_RUN, *phase));
        text.push('\n');
        for section in sections.iter().map(|section| section.text(lang)).filter(|section| !section.is_empty()) {
            text.push_str(&section);
            text.push('\n');
        }
    }
    let phases: Vec<_> = phases
        .iter()
        .map(|(phase, sections)| json!({ "number": phase.number(), "phase": phase, "sections": sections }))
        .collect();
    context.output.result(&text, &json!({ "outcome": "planned", "phases": phases }));
}
