use autobot_db::{SchemaName, Target as Database, advisory_lock};
use autobot_transfer::{ExtraSql, Facts, Options, STAGE_SCHEMA, Transfer, TransferReport, plan, plan_publish};
use autobot_verify::{BehaviourNote, Report, behaviour};
use tokio::sync::oneshot;

use super::failures::{name_transfer, transfer_failure, verify_failure};
use super::prove::{Prover, compare_with};
use super::{Looked, looked::READERS};
use crate::args::{BatchSize, Level, Statistics};
use crate::render::differences_text;
use crate::{Desk, Exit, Failure, Result};

/// Where the rows go and what comes with them.
pub struct Target {
    /// The database.
    pub database: Database,
    /// Published in the same transaction (Prisma's baseline).
    pub extra: Vec<ExtraSql>,
    /// How much is compared before publishing.
    pub level: Level,
    /// Which tables are loaded in batches.
    pub batches: BatchSize,
    /// Whether the planner's statistics are gathered.
    pub statistics: Statistics,
}

/// What was carried over.
pub struct Carried {
    /// Major version of the server.
    pub server_version: u32,
    /// What the transfer did.
    pub transfer: TransferReport,
    /// What the comparison found; none at level `none`.
    pub report: Option<Report>,
    /// What behaves otherwise in PostgreSQL although the copy is right.
    pub behaviour: Vec<BehaviourNote>,
}

/// Loads into the stage, proves the stage, publishes it. On a describing desk nothing is touched.
pub async fn carry_over(desk: &mut Desk<'_>, looked: &Looked, target: &Target) -> Result<Carried> {
    let migration = looked.migration.clone();
    // Held until the connection closes, however this run ends: two runs never work on one database.
    let mut keeper = target.database.connect().await?;
    if !desk.assumes() {
        advisory_lock(&mut keeper).await?;
    }
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let mut options = Options {
        extra: target.extra.clone(),
        batches: target.batches.batches(),
        analyze: target.statistics == Statistics::Gather,
        ..Options::for_cores(cores)
    };
    let facts = Facts::gather(&looked.source, &target.database, &migration).await.map_err(transfer_failure)?;
    let publishing = plan_publish(&facts, &migration, &options);
    let already = if facts.seems_published(&migration) { published_before(desk, looked, target).await } else { None };
    let prover = Prover::new(desk.context(), looked, &target.database, stage(), target.level);
    options.on_loaded = Some(prover.on_loaded());
    options.witnesses = prover.witnesses().filter(|_| target.level != Level::None);
    let mut transfer =
        Transfer::new(looked.source.clone(), target.database.clone(), migration.clone(), options.clone());
    transfer = transfer.with_readers(looked.lend_many(READERS)?);
    let report = if already.is_some() {
        desk.note("migrate.load", "the tables are published already, and equal");
        already
    } else {
        let loading = plan(&facts, &migration, &options).map_err(transfer_failure)?;
        if desk.assumes() || target.level == Level::None {
            desk.lay(loading, &mut transfer, name_transfer).await?;
            desk.note("migrate.prove", proof_in_words(target.level));
            None
        } else {
            let (finished, done) = oneshot::channel();
            let load = async {
                let laid = desk.lay(loading, &mut transfer, name_transfer).await;
                // Nobody waits any more only when the comparison has failed.
                let _ = finished.send(laid.is_ok());
                laid
            };
            let (loaded, report) = tokio::join!(load, prover.prove(done));
            loaded?;
            Some(report?)
        }
    };
    if let Some(report) = &report {
        refuse_differences(desk, looked, report)?;
    }
    desk.lay(publishing, &mut transfer, name_transfer).await?;
    let behaviour = if report.is_some() { behaviour_of(looked, target).await? } else { Vec::new() };
    let server_version = facts.server_version;
    Ok(Carried { server_version, transfer: transfer.report().clone(), report, behaviour })
}

/// What a right copy still brings: sort order, LIKE, NULLs.
async fn behaviour_of(looked: &Looked, target: &Target) -> Result<Vec<BehaviourNote>> {
    let mut session = target.database.connect().await?;
    let migration = &looked.migration;
    let notes = behaviour(&mut session, migration, Some(&looked.catalog), &migration.target.schema).await;
    notes.map_err(verify_failure)
}

/// The comparison with what an earlier run has published; none when that differs, or cannot be compared: then it is not
/// ours, and the plan says what is in the way.
async fn published_before(desk: &Desk<'_>, looked: &Looked, target: &Target) -> Option<Report> {
    if target.level == Level::None {
        return None;
    }
    let schema = looked.migration.target.schema.clone();
    let compared = compare_with(desk.context(), looked, &target.database, schema, target.level, false).await;
    compared.ok().filter(Report::is_equal)
}

/// Fails with every difference named when there is one, or when the source was written to while it was read.
fn refuse_differences(desk: &Desk<'_>, looked: &Looked, report: &Report) -> Result<()> {
    looked.source.check_unchanged()?;
    if report.is_equal() {
        return Ok(());
    }
    desk.context().output.insist(differences_text(desk.context().lang(), report));
    let hint = "nothing was published; type the same again, and report this as a bug if it stays";
    Err(Failure::line(Exit::Differences, "the copy differs from the source", hint)
        .with_details(serde_json::json!({ "verification": report })))
}

fn proof_in_words(level: Level) -> &'static str {
    match level {
        Level::None => "nothing is compared, as asked",
        Level::Counts => "compare the number of rows before anything is published",
        _ => "compare the stage with the source, value by value, before anything is published",
    }
}

fn stage() -> SchemaName {
    // A constant of the transfer crate: it is a name.
    SchemaName::new(STAGE_SCHEMA).unwrap_or_else(|_| unreachable!("`{STAGE_SCHEMA}` is a name"))
}
