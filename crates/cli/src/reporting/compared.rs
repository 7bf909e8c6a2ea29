//! The report of a comparison by itself, and of a later look at the target.

use std::path::Path;

use autobot_plan::Timestamp;
use autobot_report::{Report, Run, Since, Source, Standing, TableReport};
use autobot_verify::{AgainstTable, Report as Verified};
use serde_json::json;

use super::convert::{filtered, findings, leave_out, prove, skipped};
use super::sections::Sections;
use crate::Context;
use crate::pipeline::Looked;

/// The report of `autobot verify`.
pub fn of_comparison(context: &Context, looked: &Looked, began: Timestamp, target: &str, found: &Verified) -> Report {
    let mut sections = Sections::default();
    sections.add_ms("assess", looked.took_ms);
    sections.add_comparison("prove", found);
    let mut report = Report {
        run: run_on(context, "autobot verify", began, &looked.path(), target),
        skipped: skipped(&looked.migration),
        findings: findings(&json!(looked.migration.findings)),
        warnings: context.terminal.warnings(),
        sections: sections.in_order(),
        ..Report::default()
    };
    prove(&mut report, found);
    leave_out(&mut report, &filtered(&looked.migration));
    report
}

/// The report of `autobot verify --against`: the earlier report's tables, and what became of each. It can be held
/// against in its turn, since it holds the same digests.
pub fn of_later_look(
    context: &Context,
    (path, earlier): (&Path, Report),
    began: Timestamp,
    target: &str,
    found: &[AgainstTable],
) -> Report {
    let table = |table: TableReport| {
        let became = found.iter().find(|one| one.table.as_str() == table.target)?;
        Some(TableReport {
            source: table.source,
            target: table.target,
            rows_source: table.rows_source,
            rows_target: table.rows_target,
            digest_source: table.digest_source,
            digest_target: table.digest_target,
            marks: table.marks,
            since: Some(since(became)),
            ..TableReport::default()
        })
    };
    let run = run_on(context, "autobot verify --against", began, Path::new(&earlier.run.source.path), target);
    Report {
        run: Run { source: earlier.run.source, against: Some(path.display().to_string()), ..run },
        tables: earlier.tables.into_iter().filter_map(table).collect(),
        ..Report::default()
    }
}

/// What one command did, on one SQLite file and one target.
pub fn run_on(context: &Context, command: &str, began: Timestamp, source: &Path, target: &str) -> Run {
    let now = Timestamp::now();
    Run {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        command: command.to_owned(),
        started_at: began.rfc3339(),
        ended_at: Some(now.rfc3339()),
        source: Source {
            size_bytes: std::fs::metadata(source).map_or(0, |metadata| metadata.len()),
            path: source.display().to_string(),
            sha256: None,
        },
        target: target.to_owned(),
        work_dir: Some(context.work_dir().display().to_string()),
        lang: context.lang(),
        took_ms: u64::try_from(now.unix_ms - began.unix_ms).ok(),
        ..Run::default()
    }
}

fn since(became: &AgainstTable) -> Since {
    use autobot_verify::Standing as Found;
    Since {
        standing: match became.standing {
            Found::Same => Standing::Same,
            Found::Grown => Standing::Grown,
            Found::Changed => Standing::Changed,
            Found::Unclear => Standing::Unclear,
            Found::Gone => Standing::Gone,
            Found::Unknown => Standing::Unknown,
        },
        rows_now: became.rows_now,
        new_min: became.new_min,
        gone_min: became.gone_min,
        changed_min: became.changed_min,
    }
}
