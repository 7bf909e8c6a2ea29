use std::path::Path;

use autobot_catalog::Severity;
use autobot_plan::files;
use autobot_report::Lang;
use autobot_schema::write_rules;
use comfy_table::Table;
use serde_json::json;

use super::source::look_at;
use crate::args::{AssessArgs, AssessLevel};
use crate::pipeline::{Looked, forecast};
use crate::render::{findings_json, findings_text, notes_json, table, words};
use crate::{Context, Exit, Result};

/// `autobot assess`: looks at every value and says what would become of it. Exit 0 when nothing stands against the
/// migration, else 5.
pub async fn assess(context: &Context, args: &AssessArgs) -> Result<Exit> {
    let schema = context.settings.target.schema.clone();
    let looked = look_at(context, &args.source, &schema, AssessLevel::Full).await?;
    if let Some(path) = &args.write_rules {
        let text = write_rules(&looked.migration);
        if path == Path::new("-") {
            context.output.data(&text);
            return Ok(Exit::Done);
        }
        files::replace(path, text.as_bytes(), 0o644)?;
        context.output.say(words::RULES_PROPOSED.filled(context.lang(), &[("path", path.display())]));
    }
    let findings = &looked.migration.findings;
    let (warnings, problems) = findings_json(findings);
    let clear = looked.is_clear();
    let document = json!({
        "outcome": if clear { "clear" } else { "refused" },
        "source": looked.path(),
        "access": looked.source.access(),
        "tables": columns(&looked),
        "skipped": looked.migration.skipped,
        "warnings": warnings,
        "problems": problems,
        "notes": notes_json(findings),
        "evidence": looked.evidence,
        "forecast": forecast(&looked),
        "took_ms": looked.took_ms,
    });
    let said = findings_text(findings, Severity::Note);
    let verdict = if clear { words::CLEAR } else { words::REFUSED }.to(context.lang());
    context.output.result(&format!("{}\n{said}\n{verdict}", columns_table(context.lang(), &looked)), &document);
    Ok(if clear { Exit::Done } else { Exit::Source })
}

fn columns(looked: &Looked) -> serde_json::Value {
    let table = |table: &autobot_catalog::TableMap| {
        let columns: Vec<_> = table
            .columns
            .iter()
            .map(|column| {
                let declared =
                    looked.catalog.table(table.source.as_str()).and_then(|known| known.column(column.source.as_str()));
                json!({
                    "source": column.source, "declared": declared.map(|declared| &declared.declared),
                    "target": column.target, "type": column.target_type.to_string(), "not_null": column.not_null,
                })
            })
            .collect();
        json!({ "source": table.source, "target": table.target, "rows": table.rows, "bytes": table.bytes, "columns": columns })
    };
    looked.migration.tables.iter().map(table).collect::<Vec<_>>().into()
}

fn columns_table(lang: Lang, looked: &Looked) -> Table {
    let [name, column, declared, rows] =
        [words::TABLE, words::COLUMN, words::DECLARED, words::ROWS].map(|words| words.to(lang));
    let mut text = table([name, column, declared, "PostgreSQL", rows]);
    for table in &looked.migration.tables {
        let known = looked.catalog.table(table.source.as_str());
        for (index, column) in table.columns.iter().enumerate() {
            let first = index == 0;
            let declared = known.and_then(|known| known.column(column.source.as_str()));
            text.add_row([
                if first { table.source.to_string() } else { String::new() },
                column.source.to_string(),
                declared.map(|declared| declared.declared.clone()).unwrap_or_default(),
                format!("{}{}", column.target_type, if column.not_null { " NOT NULL" } else { "" }),
                if first { table.rows.map(|rows| rows.to_string()).unwrap_or_default() } else { String::new() },
            ]);
        }
    }
    text
}
