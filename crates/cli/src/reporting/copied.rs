use autobot_report::{Level, Proof, Report, Run, Section, Source};
use serde_json::json;

use super::convert::{findings, loading, schema_differences, skipped, table_reports};
use crate::Context;
use crate::args::Lang;
use crate::pipeline::{Carried, Looked};

/// The report of a copy without an application around it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a run are far below 2^52")]
pub fn of_copy(context: &Context, looked: &Looked, carried: &Carried, target: &str) -> Report {
    let mut all = vec![Section { name: "assess".to_owned(), seconds: looked.took_ms as f64 / 1000.0, began: None }];
    all.extend(loading(&carried.transfer));
    let path = looked.path();
    Report {
        run: Run {
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            command: "autobot copy".to_owned(),
            started_at: autobot_plan::Timestamp::now().rfc3339(),
            source: Source {
                size_bytes: std::fs::metadata(&path).map_or(0, |metadata| metadata.len()),
                path: path.display().to_string(),
                sha256: None,
            },
            target: target.to_owned(),
            work_dir: Some(context.work_dir().display().to_string()),
            lang: if context.settings.lang == Lang::Es { autobot_report::Lang::Es } else { autobot_report::Lang::En },
            ..Run::default()
        },
        tables: table_reports(&carried.transfer, carried.report.as_ref()),
        skipped: skipped(&json!(looked.migration.skipped)),
        findings: findings(&json!(looked.migration.findings)),
        warnings: carried
            .behaviour
            .iter()
            .map(|note| format!("{}: {}: {}", note.table, note.text, note.remedy))
            .collect(),
        sections: all,
        proof: carried.report.as_ref().map(|found| Proof {
            level: if found.level == autobot_verify::Level::Counts { Level::Counts } else { Level::Content },
            equal: found.is_equal(),
            at: None,
            took_ms: Some(found.tables.iter().map(|table| table.took_ms).sum()),
            schema: schema_differences(found),
        }),
        ..Report::default()
    }
}
