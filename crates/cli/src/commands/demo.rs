use std::fmt::Display;
use std::path::{Path, PathBuf};

use autobot_plan::{Event, Observer};
use autobot_provision::dump::newest;
use autobot_report::{Lang, Words};
use autobot_sample::{SampleOptions, make};
use serde_json::json;

use super::backup::{rehearse, take};
use super::migrate::run_phases;
use crate::args::DemoArgs;
use crate::phases::stored_target;
use crate::render::words;
use crate::{Context, Exit, Failure, Result};

/// `autobot demo [DIR]`: a sample AutoBOT, an embedded PostgreSQL, all six phases, and how to look around.
pub async fn demo(context: &Context, args: &DemoArgs) -> Result<Exit> {
    let dir = args.dir.clone().unwrap_or_else(|| PathBuf::from("autobot-demo"));
    let lang = context.lang();
    let work_dir = dir.join(".autobot-migration");
    if work_dir.exists() {
        context.output.say(words::SAMPLE_THERE.filled(lang, &[("dir", dir.display())]));
    } else {
        let size = args.messages.map_or_else(SampleOptions::small, SampleOptions::messages);
        let sample = make(&dir, &SampleOptions { seed: args.seed, ..size }).map_err(|error| {
            let hint = error.hint();
            Failure::new(Exit::InTheWay, error, hint)
        })?;
        let rows: u64 = sample.rows.iter().map(|(_, rows)| rows).sum();
        let values: [(&str, &dyn Display); 3] =
            [("dir", &dir.display()), ("rows", &rows), ("path", &sample.database.display())];
        context.output.say(words::SAMPLE_MADE.filled(lang, &values));
    }
    let own = context.elsewhere(&dir);
    let results = Box::pin(run_phases(&own)).await?;
    back_up(&own).await;
    let target = stored_target(&own)?.map(|stored| stored.target.to_string()).unwrap_or_default();
    let report = crate::reporting::write(&own)?;
    let said = words::REPORT.filled(lang, &[("report", &report.display())]);
    let text = format!("{}\n{said}", look_around(lang, &dir, &target));
    let document = json!({ "outcome": "migrated", "app": dir, "target": target, "phases": results, "report": report.with_extension("json") });
    context.output.result(&text, &document);
    Ok(Exit::Done)
}

/// A first backup, restored to see that it can be, for the report to tell of. The demo goes on where none can be made:
/// `pg_dump` may be missing.
async fn back_up(context: &Context) {
    let dir = context.app(&context.settings.backup.dir);
    if newest(&dir).ok().flatten().is_some() {
        return;
    }
    let made = async { rehearse(context, &take(context, &dir).await?).await };
    if let Err(failure) = made.await {
        let text = format!("no backup of PostgreSQL was made and restored: {}", failure.error);
        context.terminal.on(&Event::Warning { text });
    }
}

fn look_around(lang: Lang, dir: &Path, target: &str) -> String {
    const COMMANDS: [(&str, Words); 5] = [
        ("status", words::SEE_STATUS),
        ("monitor", words::SEE_MONITOR),
        ("backup", words::SEE_BACKUP),
        ("rollback sqlite", words::SEE_ROLLBACK),
        ("server stop", words::SEE_STOP),
    ];
    let dir = dir.display();
    let values: [(&str, &dyn Display); 2] = [("dir", &dir), ("target", &target)];
    let mut lines = vec![words::DEMO_DONE.filled(lang, &values)];
    lines.push(words::LOOK_AROUND.to(lang).to_owned());
    let width = "autobot rollback sqlite --app ".len() + dir.to_string().len();
    lines.extend(COMMANDS.map(|(command, words)| {
        let command = format!("autobot {command} --app {dir}");
        format!("  {command:width$}    {}", words.to(lang))
    }));
    lines.join("\n")
}
