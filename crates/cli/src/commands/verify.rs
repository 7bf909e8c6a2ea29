use serde_json::json;

use super::source::{look_at, target};
use crate::args::{AssessLevel, VerifyArgs};
use crate::pipeline::compare_with;
use crate::render::{compared_text, differences_text};
use crate::{Context, Exit, Failure, Result};

/// `autobot verify`: compares a SQLite file with the target; differences are data with exit 8.
pub async fn verify(context: &Context, args: &VerifyArgs) -> Result<Exit> {
    let target = target(context)?;
    let schema = target.url().schema.clone();
    let looked = look_at(context, &args.source, &schema, AssessLevel::Full).await?;
    let name = looked.migration.target.schema.clone();
    let report = compare_with(context, &looked, &target, name, args.level, args.show_values).await?;
    if report.is_equal() {
        context.output.result(&compared_text(&report), &json!({ "outcome": "equal", "verification": report }));
        return Ok(Exit::Done);
    }
    context.output.insist(differences_text(&report));
    let hint = "`autobot rollback sqlite` goes back; --show-values shows the values";
    Err(Failure::line(Exit::Differences, "source and target differ", hint)
        .with_details(json!({ "outcome": "different", "verification": report })))
}
