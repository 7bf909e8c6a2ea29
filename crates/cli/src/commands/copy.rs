use std::path::PathBuf;

use autobot_catalog::{Finding, Severity};
use autobot_db::WorkLock;
use autobot_plan::{Fingerprint, Journal, State, Timestamp, files};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::source::{look_at, target};
use crate::args::CopyArgs;
use crate::pipeline::{Carried, Listing, LoadTarget, Looked, carry_over, copy_document, refuse_problems};
use crate::render::{Described, copied_text, findings_json, warnings_text};
use crate::reporting::{Copied, lay_over, of_copy, write_pair};
use crate::{Context, Desk, Exit, Failure, Result};

/// `autobot copy`: assess, create, transfer, prove, publish, for any SQLite file. The closing document has its lists also
/// when the copy failed before they could be known.
pub async fn copy(context: &Context, args: &CopyArgs) -> Result<Exit> {
    let nothing: [Value; 0] = [];
    let copied = Box::pin(look_and_copy(context, args)).await;
    copied.map_err(|failure| {
        let problems = if failure.exit == Exit::Source { vec![unreadable(&failure)] } else { Vec::new() };
        let failure = failure.with_detail("problems", problems);
        ["tables", "warnings"].iter().fold(failure, |failure, list| failure.with_detail(list, &nothing))
    })
}

/// A file that is refused before anything was found in it, as the one problem that it has.
fn unreadable(failure: &Failure) -> Value {
    let finding = Finding {
        code: "AB000 unreadable-source".to_owned(),
        severity: Severity::Problem,
        table: None,
        column: None,
        object: None,
        count: 1,
        places: Vec::new(),
        message: failure.error.to_string(),
        remedy: failure.hint.clone(),
        rules: Vec::new(),
    };
    findings_json(&[finding]).1[0].clone()
}

async fn look_and_copy(context: &Context, args: &CopyArgs) -> Result<Exit> {
    let began = Timestamp::now();
    let target = target(context)?;
    let schema = target.url().schema.clone();
    let looked = look_at(context, &args.source, &schema, args.assess).await?;
    context.output.say(warnings_text(&looked.migration.findings));
    let settings = &context.settings.migrate;
    let loading = LoadTarget {
        database: target,
        extra: Vec::new(),
        level: args.verify,
        batches: args.batches.unwrap_or(settings.batches),
        statistics: args.statistics.unwrap_or(settings.statistics),
    };
    if args.dry_run {
        return describe(context, &looked, &loading).await;
    }
    let shown = loading.database.url().to_string();
    let copied = |carried, state| Copied { looked: &looked, began, target: shown.clone(), carried, state };
    match Box::pin(carry_out(context, &looked, &loading)).await {
        Ok((carried, state)) => {
            let report = write_report(context, &looked, &of_copy(context, &copied(Some(&carried), &state)))?;
            let document = copy_document(&looked.migration, &carried, &report);
            context.output.result(&copied_text(context.lang(), &carried, &report), &document);
            Ok(Exit::Done)
        }
        Err(failure) => Err(failed(context, &copied(None, &State::default()), failure)),
    }
}

/// The dry run: what would be done, or why it would be refused; nothing is written.
async fn describe(context: &Context, looked: &Looked, loading: &LoadTarget) -> Result<Exit> {
    refuse_problems(context, looked, Listing::None)?;
    let mut desk = Desk::describing(context);
    carry_over(&mut desk, looked, loading).await?;
    let sections = desk.take_described();
    let text = sections.iter().map(|section| Described::text(section, context.lang())).collect::<Vec<_>>().join("\n");
    context.output.result(&text, &json!({ "outcome": "planned", "sections": sections }));
    Ok(Exit::Done)
}

async fn carry_out(context: &Context, looked: &Looked, loading: &LoadTarget) -> Result<(Carried, State)> {
    refuse_problems(context, looked, Listing::File)?;
    let (_lock, mut journal) = begin(context, looked, loading)?;
    let mut desk = Desk::carrying_out(context, &mut journal);
    let carried = Box::pin(carry_over(&mut desk, looked, loading)).await?;
    Ok((carried, journal.state().clone()))
}

/// Writes the report of a copy that failed, and completes the closing document with what is known.
fn failed(context: &Context, copied: &Copied<'_>, failure: Failure) -> Failure {
    let mut report = of_copy(context, copied);
    lay_over(&mut report, &failure);
    let (warnings, problems) = findings_json(&copied.looked.migration.findings);
    let failure = failure.with_detail("warnings", warnings).with_detail("problems", problems);
    // That the report cannot be written is not told: the failure itself is what has to be.
    match write_report(context, copied.looked, &report) {
        Ok(path) => failure.with_detail("report", path),
        Err(_) => failure,
    }
}

/// The lock and journal of this pair of source and target.
fn begin(context: &Context, looked: &Looked, loading: &LoadTarget) -> Result<(WorkLock, Journal)> {
    let source = std::path::absolute(looked.path()).unwrap_or_else(|_| looked.path());
    let fields = [("source", source.display().to_string()), ("target", loading.database.url().to_string())];
    let fingerprint: Fingerprint = fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    let digest = Sha256::digest(format!("{fingerprint:?}"));
    let folder = context.work_dir().join(format!("copy-{}", &files::hex(&digest)[..12]));
    files::create_private_folder(&folder)?;
    let lock = WorkLock::take(&folder.join("lock"))?;
    Ok((lock, Journal::open(&folder.join("journal.jsonl"), &fingerprint)?))
}

/// Writes the report, as JSON and as a page, into the reports folder; gives the JSON's path.
fn write_report(context: &Context, looked: &Looked, report: &autobot_report::Report) -> Result<PathBuf> {
    let stem = looked.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(write_pair(context, &format!("copy-{stem}"), report)?.with_extension("json"))
}
