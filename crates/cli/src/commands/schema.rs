use std::fmt::Display;

use autobot_schema::{create, ddl_text};
use serde_json::json;

use super::source::{look_at, target};
use crate::args::{AssessLevel, SchemaArgs};
use crate::pipeline::{Listing, refuse_problems, schema_failure};
use crate::render::words;
use crate::{Context, Exit, Result};

/// `autobot schema`: creates the schema of a SQLite file on the target, or prints it.
pub async fn schema(context: &Context, args: &SchemaArgs) -> Result<Exit> {
    let name = match target(context) {
        Ok(target) => target.url().schema.clone(),
        Err(_) if args.dry_run => context.settings.target.schema.clone(),
        Err(failure) => return Err(failure),
    };
    let looked = look_at(context, &args.source, &name, AssessLevel::Full).await?;
    refuse_problems(context, &looked, if args.dry_run { Listing::None } else { Listing::File })?;
    let text = ddl_text(&looked.migration.target);
    if args.dry_run {
        context.output.result(&text, &json!({ "outcome": "planned", "sql": text }));
        return Ok(Exit::Done);
    }
    let mut session = target(context)?.connect().await?;
    create(&mut session, &looked.migration.target).await.map_err(schema_failure)?;
    let tables: Vec<_> = looked.migration.target.tables.iter().map(|table| &table.table).collect();
    let values: [(&str, &dyn Display); 2] = [("tables", &tables.len()), ("schema", &name)];
    let line = words::SCHEMA_CREATED.filled(context.lang(), &values);
    context.output.result(&line, &json!({ "outcome": "done", "tables": tables }));
    Ok(Exit::Done)
}
