use std::fmt::Display;
use std::time::Duration;

use autobot_provision::monitor::{Monitor, look};
use autobot_report::{Lang, Words};

use super::source::target;
use crate::args::MonitorArgs;
use crate::phases::provision_failure;
use crate::render::{table, words};
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
        context.output.result(&text(context.lang(), &found), &serde_json::to_value(&found).unwrap_or_default());
        let Some(seconds) = args.watch else { return Ok(Exit::Done) };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(seconds.max(1))) => {}
            () = context.stop.requested() => return Ok(Exit::Done),
        }
    }
}

fn text(lang: Lang, found: &Monitor) -> String {
    let server = &found.server;
    let heads = |heads: [Words; 4]| table(heads.map(|words| words.to(lang)));
    let mut connections = heads([words::DATABASE, words::ROLE, words::STATE, words::CONNECTIONS]);
    for kind in &found.connections {
        connections.add_row([&kind.database, &kind.role, &kind.state, &kind.count.to_string()]);
    }
    let mut tables = heads([words::TABLE, words::MIB, words::OF_THEM_INDEXES, words::ROWS_ESTIMATED]);
    for table in &found.tables {
        let rows = table.rows_estimated.map_or_else(|| "?".to_owned(), |rows| rows.to_string());
        tables.add_row([table.table.to_string(), mib(table.total_bytes), mib(table.index_bytes), rows]);
    }
    let (version, name): (&dyn Display, &dyn Display) = (&server.version, &server.database);
    [
        words::UP_FOR.filled(lang, &[("version", version), ("seconds", &server.uptime_s)]),
        words::CONNECTIONS_OF.filled(lang, &[("open", server.connections), ("most", server.connections_max)]),
        words::DATABASE_SIZE.filled(lang, &[("name", name), ("size", &mib(server.database_bytes))]),
        connections.to_string(),
        tables.to_string(),
    ]
    .join("\n")
}

/// Bytes as MiB with two decimals.
fn mib(bytes: i64) -> String {
    let hundredths = bytes * 100 / (1024 * 1024);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
