use autobot_db::{SchemaName, Target as Database};
use autobot_plan::{Scope, Stop};
use autobot_transfer::{ExtraSql, Facts, Options, STAGE_SCHEMA, Transfer, TransferReport, plan, plan_publish};
use autobot_verify::{Report, compare};

use super::Looked;
use crate::args::Level;
use crate::render::differences_text;
use crate::{Context, Desk, Exit, Failure, Result};

/// Differences that are named; all are counted.
const DIFFERENCES_MAX: usize = 10_000;

/// Where the rows go and what comes with them.
pub struct Target {
    /// The database.
    pub database: Database,
    /// Published in the same transaction (Prisma's baseline).
    pub extra: Vec<ExtraSql>,
    /// How much is compared before publishing.
    pub level: Level,
}

/// What was carried over.
pub struct Carried {
    /// What the transfer did.
    pub transfer: TransferReport,
    /// What the comparison found; none at level `none`.
    pub report: Option<Report>,
}

/// Loads into the stage, proves the stage, publishes it. On a describing desk nothing is touched.
pub async fn carry_over(desk: &mut Desk<'_>, looked: &Looked, target: &Target) -> Result<Carried> {
    let context = desk.context();
    let migration = looked.migration.clone();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let options = Options { extra: target.extra.clone(), ..Options::for_cores(cores) };
    let facts = Facts::gather(&looked.source, &target.database, &migration).await.map_err(transfer_failure)?;
    let publishing = plan_publish(&facts, &migration, &options);
    let published = publishing.is_done() || facts.seems_published(&migration);
    let mut transfer =
        Transfer::new(looked.source.clone(), target.database.clone(), migration.clone(), options.clone());
    if published {
        desk.note("migrate.load", "the tables are published already");
    } else {
        let loading = plan(&facts, &migration, &options).map_err(transfer_failure)?;
        desk.lay(loading, &mut transfer, name_transfer).await?;
    }
    let report = if desk.assumes() || target.level == Level::None {
        desk.note("migrate.prove", "compare the stage with the source, value by value, before anything is published");
        None
    } else {
        let schema = if published { migration.target.schema.clone() } else { stage() };
        Some(prove(context, looked, target, schema).await?)
    };
    desk.lay(publishing, &mut transfer, name_transfer).await?;
    Ok(Carried { transfer: transfer.report().clone(), report })
}

/// Compares, and fails with every difference named when there is one.
async fn prove(context: &Context, looked: &Looked, target: &Target, schema: SchemaName) -> Result<Report> {
    let report = compare_with(context, looked, &target.database, schema, target.level, false).await?;
    looked.source.check_unchanged()?;
    if report.is_equal() {
        return Ok(report);
    }
    context.output.insist(differences_text(&report));
    Err(Failure::line(
        Exit::Differences,
        "the copy differs from the source",
        "nothing was published; run `autobot copy` again, and report this as a bug if it stays",
    )
    .with_details(serde_json::json!({ "verification": report })))
}

/// Compares every table on one snapshot of the source.
pub async fn compare_with(
    context: &Context,
    looked: &Looked,
    database: &Database,
    schema: SchemaName,
    level: Level,
    show_values: bool,
) -> Result<Report> {
    let level = match level {
        Level::Counts => autobot_verify::Level::Counts,
        _ => autobot_verify::Level::Content,
    };
    let options = autobot_verify::Options { level, schema, show_values, differences_max: DIFFERENCES_MAX };
    let stop: &Stop = &context.stop;
    let scope = Scope { id: "verify", observer: &context.terminal, stop };
    let connection = looked.source.connect()?;
    compare(connection, database, &looked.migration, &options, &scope).await.map_err(verify_failure)
}

fn stage() -> SchemaName {
    // A constant of the transfer crate: it is a name.
    SchemaName::new(STAGE_SCHEMA).unwrap_or_else(|_| unreachable!("`{STAGE_SCHEMA}` is a name"))
}

fn transfer_failure(error: autobot_transfer::Error) -> Failure {
    let (exit, hint) = name_transfer(&error);
    Failure::new(exit, error, hint)
}

/// The exit code and hint of an error of the transfer.
pub fn name_transfer(error: &autobot_transfer::Error) -> (Exit, Option<String>) {
    use autobot_transfer::Error as E;
    let exit = match error {
        E::Source(_) | E::Read { .. } | E::Refused { .. } => Exit::Source,
        E::Target(autobot_db::TargetError::Held { .. }) => Exit::Locked,
        E::Stopped => Exit::Interrupted,
        _ => Exit::Target,
    };
    (exit, error.hint())
}

/// An error of the comparison as a failure.
pub fn verify_failure(error: autobot_verify::Error) -> Failure {
    let hint = error.hint();
    let exit = match &error {
        autobot_verify::Error::Source(_) | autobot_verify::Error::ReadSource { .. } => Exit::Source,
        _ => Exit::Target,
    };
    Failure::new(exit, error, hint)
}
