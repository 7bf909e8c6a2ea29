use std::time::Duration;

use autobot_provision::monitor::{Monitor, look};

use super::source::target;
use crate::args::MonitorArgs;
use crate::phases::provision_failure;
use crate::render::table;
use crate::{Context, Exit, Result};

/// Tables that are shown.
const TABLES_MAX: u32 = 50;

/// `autobot monitor`: the plan's monitoring queries, once or again and again.
pub async fn monitor(context: &Context, args: &MonitorArgs) -> Result<Exit> {
    let database = target(context)?;
    loop {
        let mut session = database.connect().await?;
        let found = look(&mut session, TABLES_MAX).await.map_err(provision_failure)?;
        drop(session);
        context.output.result(&text(&found), &serde_json::to_value(&found).unwrap_or_default());
        let Some(seconds) = args.watch else { return Ok(Exit::Done) };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(seconds.max(1))) => {}
            () = context.stop.requested() => return Ok(Exit::Done),
        }
    }
}

fn text(found: &Monitor) -> String {
    let server = &found.server;
    let mut connections = table(["database", "role", "state", "connections"]);
    for kind in &found.connections {
        connections.add_row([&kind.database, &kind.role, &kind.state, &kind.count.to_string()]);
    }
    let mut tables = table(["table", "MiB", "of them indexes", "rows (estimate)"]);
    for table in &found.tables {
        let rows = table.rows_estimated.map_or_else(|| "?".to_owned(), |rows| rows.to_string());
        tables.add_row([table.table.to_string(), mib(table.total_bytes), mib(table.index_bytes), rows]);
    }
    format!(
        "{}, up for {} s\nconnections: {} of {}\ndatabase {}: {} MiB\n{connections}\n{tables}",
        server.version,
        server.uptime_s,
        server.connections,
        server.connections_max,
        server.database,
        mib(server.database_bytes)
    )
}

/// Bytes as MiB with two decimals.
fn mib(bytes: i64) -> String {
    let hundredths = bytes * 100 / (1024 * 1024);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
