use std::path::{Path, PathBuf};

use autobot_sample::{SampleOptions, make};
use serde_json::json;

use super::migrate::run_phases;
use crate::args::DemoArgs;
use crate::phases::stored_target;
use crate::{Context, Exit, Failure, Result};

/// `autobot demo [DIR]`: a sample AutoBOT, an embedded PostgreSQL, all six phases, and how to look around.
pub async fn demo(context: &Context, args: &DemoArgs) -> Result<Exit> {
    let dir = args.dir.clone().unwrap_or_else(|| PathBuf::from("autobot-demo"));
    let work_dir = dir.join(".autobot-migration");
    if work_dir.exists() {
        context.output.say(format!("the demo in {} is there already: it goes on where it stopped", dir.display()));
    } else {
        let size = args.messages.map_or_else(SampleOptions::small, SampleOptions::messages);
        let sample = make(&dir, &SampleOptions { seed: args.seed, ..size }).map_err(|error| {
            let hint = error.hint();
            Failure::new(Exit::InTheWay, error, hint)
        })?;
        let rows: u64 = sample.rows.iter().map(|(_, rows)| rows).sum();
        context.output.say(format!(
            "made a sample AutoBOT in {}: {rows} rows in {}",
            dir.display(),
            sample.database.display()
        ));
    }
    let own = context.elsewhere(&dir);
    let results = Box::pin(run_phases(&own)).await?;
    let target = stored_target(&own)?.map(|stored| stored.target.to_string()).unwrap_or_default();
    let report = crate::reporting::write(&own)?;
    let text = format!("{}\nreport: {}", look_around(&dir, &target), report.display());
    let document = json!({ "outcome": "migrated", "app": dir, "target": target, "phases": results, "report": report });
    context.output.result(&text, &document);
    Ok(Exit::Done)
}

fn look_around(dir: &Path, target: &str) -> String {
    let dir = dir.display();
    format!(
        "The sample AutoBOT in {dir} is on PostgreSQL now: {target}\n\
         Look around:\n\
         \x20 autobot status --app {dir}             what was done, and when\n\
         \x20 autobot monitor --app {dir}            connections, size, largest tables\n\
         \x20 autobot backup --app {dir}             a backup of PostgreSQL\n\
         \x20 autobot rollback sqlite --app {dir}    back to SQLite, every file as it was\n\
         \x20 autobot server stop --app {dir}        stop the embedded PostgreSQL"
    )
}
