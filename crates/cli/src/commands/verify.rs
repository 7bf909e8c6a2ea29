use std::path::Path;

use autobot_db::Target;
use autobot_plan::{Scope, Timestamp};
use autobot_report::{Lang, Words, from_json};
use autobot_verify::{AgainstTable, Standing, compare_against};
use serde_json::json;

use super::source::{look_at, schema_name, target};
use crate::args::{AssessLevel, VerifyArgs};
use crate::pipeline::{compare_with, verify_failure};
use crate::render::{compared_text, differences_text, table, words};
use crate::reporting::{of_comparison, of_later_look, verified, write_pair};
use crate::{Context, Exit, Failure, Result};

/// `autobot verify`: compares a SQLite file with the target; differences are data with exit 8.
pub async fn verify(context: &Context, args: &VerifyArgs) -> Result<Exit> {
    let began = Timestamp::now();
    let target = target(context)?;
    let schema = target.url().schema.clone();
    if let Some(path) = &args.against {
        return against(context, &target, &schema, path).await;
    }
    let looked = look_at(context, &args.source, &schema, AssessLevel::Full).await?;
    let name = looked.migration.target.schema.clone();
    let found = compare_with(context, &looked, &target, name, args.level, args.show_values).await?;
    let report = of_comparison(context, &looked, began, &target.url().to_string(), &found);
    let page = write_pair(context, &format!("verify-{}", stem(&looked.path())), &report);
    if found.is_equal() {
        let page = page?;
        let text = format!("{}\n{}", compared_text(context.lang(), &found), said(context, &page));
        let document = json!({ "outcome": "equal", "verification": found, "report": page.with_extension("json") });
        context.output.result(&text, &document);
        return Ok(Exit::Done);
    }
    context.output.insist(differences_text(context.lang(), &found));
    let hint = "`autobot rollback sqlite` goes back; --show-values shows the values";
    let failure = Failure::line(Exit::Differences, "source and target differ", hint)
        .with_details(json!({ "outcome": "different", "verification": found }));
    // That the report cannot be written is not told: the differences are what has to be.
    let Ok(page) = page else { return Err(failure) };
    context.output.say(said(context, &page));
    Err(failure.with_detail("report", page.with_extension("json")))
}

/// Holds the target against the digests of an earlier report: what is new, changed, gone since. Exit 8 when rows of the
/// report are changed or gone; new rows are what an application at work brings.
async fn against(context: &Context, target: &Target, schema: &str, path: &Path) -> Result<Exit> {
    let began = Timestamp::now();
    let text = std::fs::read_to_string(path).map_err(autobot_plan::files::FileError::new("read", path))?;
    let earlier = from_json(&text).map_err(|error| {
        Failure::new(
            Exit::Arguments,
            error,
            Some("give a report.json of `autobot migrate`, `copy` or `verify`".to_owned()),
        )
    })?;
    let scope = Scope { id: "verify", observer: &context.terminal, stop: &context.stop };
    let tables =
        compare_against(target, &schema_name(schema)?, &verified(&earlier), &scope).await.map_err(verify_failure)?;
    context.terminal.end("verify");
    let report = of_later_look(context, (path, earlier), began, &target.url().to_string(), &tables);
    let page = write_pair(context, &format!("since-{}", stem(path)), &report)?;
    let damaged = tables.iter().any(|one| matches!(one.standing, Standing::Changed | Standing::Gone));
    let outcome = if damaged { "different" } else { "equal" };
    let text = format!("{}\n{}", since_text(context.lang(), &tables), said(context, &page));
    let document = json!({ "outcome": outcome, "tables": tables, "report": page.with_extension("json") });
    context.output.result(&text, &document);
    Ok(if damaged { Exit::Differences } else { Exit::Done })
}

/// Where the report is.
fn said(context: &Context, page: &Path) -> String {
    words::REPORT.filled(context.lang(), &[("report", &page.display())])
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Per table: rows then and now, and what became of them.
fn since_text(lang: Lang, tables: &[AgainstTable]) -> String {
    let header =
        [words::TABLE, words::ROWS_THEN, words::ROWS_NOW, words::NEW, words::GONE, words::CHANGED, words::STANDING];
    let mut shown = table(header.map(|words| words.to(lang)));
    for one in tables {
        let numbers =
            [one.rows_then, one.rows_now, one.new_min, one.gone_min, one.changed_min].map(|number| number.to_string());
        let standing = in_words(one.standing).to(lang).to_owned();
        shown.add_row(std::iter::once(one.table.to_string()).chain(numbers).chain([standing]));
    }
    shown.to_string()
}

fn in_words(standing: Standing) -> Words {
    match standing {
        Standing::Same => words::SAME,
        Standing::Grown => words::GROWN,
        Standing::Changed => words::TABLE_CHANGED,
        Standing::Unclear => words::UNCLEAR,
        Standing::Gone => words::TABLE_GONE,
        Standing::Unknown => words::UNKNOWN,
    }
}
