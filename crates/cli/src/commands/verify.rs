use std::path::Path;

use autobot_db::Target;
use autobot_plan::Scope;
use autobot_report::from_json;
use autobot_verify::{Standing, compare_against};
use serde_json::json;

use super::source::{look_at, schema_name, target};
use crate::args::{AssessLevel, VerifyArgs};
use crate::pipeline::{compare_with, verify_failure};
use crate::render::{compared_text, differences_text, table, words};
use crate::reporting::verified;
use crate::{Context, Exit, Failure, Result};

/// `autobot verify`: compares a SQLite file with the target; differences are data with exit 8.
pub async fn verify(context: &Context, args: &VerifyArgs) -> Result<Exit> {
    let target = target(context)?;
    let schema = target.url().schema.clone();
    if let Some(path) = &args.against {
        return against(context, &target, &schema, path).await;
    }
    let looked = look_at(context, &args.source, &schema, AssessLevel::Full).await?;
    let name = looked.migration.target.schema.clone();
    let report = compare_with(context, &looked, &target, name, args.level, args.show_values).await?;
    if report.is_equal() {
        context
            .output
            .result(&compared_text(context.lang(), &report), &json!({ "outcome": "equal", "verification": report }));
        return Ok(Exit::Done);
    }
    context.output.insist(differences_text(&report));
    let hint = "`autobot rollback sqlite` goes back; --show-values shows the values";
    Err(Failure::line(Exit::Differences, "source and target differ", hint)
        .with_details(json!({ "outcome": "different", "verification": report })))
}

/// Holds the target against the digests of an earlier report: what is new, changed, gone since. Exit 8 when rows of the
/// report are changed or gone; new rows are what an application at work brings.
async fn against(context: &Context, target: &Target, schema: &str, path: &Path) -> Result<Exit> {
    let text = std::fs::read_to_string(path).map_err(autobot_plan::files::FileError::new("read", path))?;
    let report = from_json(&text).map_err(|error| {
        Failure::new(
            Exit::Arguments,
            error,
            Some("give a report.json of `autobot migrate` or `autobot copy`".to_owned()),
        )
    })?;
    let scope = Scope { id: "verify", observer: &context.terminal, stop: &context.stop };
    let tables =
        compare_against(target, &schema_name(schema)?, &verified(&report), &scope).await.map_err(verify_failure)?;
    context.terminal.end("verify");
    let lang = context.lang();
    let header =
        [words::TABLE, words::ROWS_THEN, words::ROWS_NOW, words::NEW, words::GONE, words::CHANGED, words::STANDING];
    let mut shown = table(header.map(|words| words.to(lang)));
    for one in &tables {
        let numbers =
            [one.rows_then, one.rows_now, one.new_min, one.gone_min, one.changed_min].map(|number| number.to_string());
        let standing = in_words(one.standing).to(lang).to_owned();
        shown.add_row(std::iter::once(one.table.to_string()).chain(numbers).chain([standing]));
    }
    let damaged = tables.iter().any(|one| matches!(one.standing, Standing::Changed | Standing::Gone));
    let outcome = if damaged { "different" } else { "equal" };
    context.output.result(&shown.to_string(), &json!({ "outcome": outcome, "tables": tables }));
    Ok(if damaged { Exit::Differences } else { Exit::Done })
}

fn in_words(standing: Standing) -> words::Words {
    match standing {
        Standing::Same => words::SAME,
        Standing::Grown => words::GROWN,
        Standing::Changed => words::TABLE_CHANGED,
        Standing::Unclear => words::UNCLEAR,
        Standing::Gone => words::TABLE_GONE,
        Standing::Unknown => words::UNKNOWN,
    }
}
