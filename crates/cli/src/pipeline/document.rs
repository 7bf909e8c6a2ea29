use autobot_catalog::Migration;
use autobot_verify::Report;
use serde_json::{Value, json};

use super::Carried;
use crate::render::{findings_json, notes_json};

/// The closing document of a copy (issue: `outcome`, `tables`, `warnings`, `problems`, `report`).
pub fn copy_document(migration: &Migration, carried: &Carried, report_path: &std::path::Path) -> Value {
    let (warnings, problems) = findings_json(&migration.findings);
    let warned = warnings.as_array().is_some_and(|warnings| !warnings.is_empty());
    json!({
        "outcome": if warned { "migrated_with_warnings" } else { "migrated" },
        "tables": tables(carried),
        "skipped": migration.skipped,
        "warnings": warnings,
        "problems": problems,
        "notes": notes_json(&migration.findings),
        "behaviour": carried.behaviour,
        "report": report_path,
    })
}

/// Per table: name, rows on both sides, digest.
pub fn tables(carried: &Carried) -> Value {
    let proved = |report: &Report| -> Vec<Value> {
        let table = |table: &autobot_verify::TableReport| {
            json!({
                "name": table.target,
                "source": table.source,
                "rows_source": table.rows_source,
                "rows_target": table.rows_target,
                "rows_quarantined": table.rows_quarantined,
                "digest": table.digest_source,
            })
        };
        report.tables.iter().map(table).collect()
    };
    let moved = || -> Vec<Value> {
        let table = |table: &autobot_transfer::TableReport| json!({ "name": table.table, "rows_source": table.rows + table.quarantined + table.orphans, "rows_target": table.rows, "digest": null });
        carried.transfer.tables.iter().map(table).collect()
    };
    carried.report.as_ref().map_or_else(moved, proved).into()
}
