use std::path::PathBuf;

use autobot_db::WorkLock;
use autobot_plan::{Fingerprint, Journal, files};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::source::{look_at, target};
use crate::args::CopyArgs;
use crate::pipeline::{Carried, Listing, LoadTarget, Looked, carry_over, copy_document, refuse_problems};
use crate::render::{Described, copied_text, warnings_text};
use crate::reporting::{of_copy, write_pair};
use crate::{Context, Desk, Exit, Result};

/// `autobot copy`: assess, create, transfer, prove, publish, for any SQLite file.
pub async fn copy(context: &Context, args: &CopyArgs) -> Result<Exit> {
    let target = target(context)?;
    let schema = target.url().schema.clone();
    let looked = look_at(context, &args.source, &schema, args.assess).await?;
    context.output.say(warnings_text(&looked.migration.findings));
    refuse_problems(context, &looked, if args.dry_run { Listing::None } else { Listing::File })?;
    let loading = LoadTarget { database: target, extra: Vec::new(), level: args.verify };
    if args.dry_run {
        let mut desk = Desk::describing(context);
        carry_over(&mut desk, &looked, &loading).await?;
        let sections = desk.take_described();
        let text = sections.iter().map(Described::text).collect::<Vec<_>>().join("\n");
        context.output.result(&text, &json!({ "outcome": "planned", "sections": sections }));
        return Ok(Exit::Done);
    }
    let (_lock, mut journal) = begin(context, &looked, &loading)?;
    let mut desk = Desk::carrying_out(context, &mut journal);
    let carried = Box::pin(carry_over(&mut desk, &looked, &loading)).await?;
    let report = write_report(context, &looked, &carried, &loading.database.url().to_string())?;
    let document = copy_document(&looked.migration, &carried, &report);
    context.output.result(&copied_text(&carried, &report), &document);
    Ok(Exit::Done)
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

/// The report, as JSON and as a page, in the reports folder; gives the JSON's path.
fn write_report(context: &Context, looked: &Looked, carried: &Carried, target: &str) -> Result<PathBuf> {
    let stem = looked.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let page = write_pair(context, &format!("copy-{stem}"), &of_copy(context, looked, carried, target))?;
    Ok(page.with_extension("json"))
}
