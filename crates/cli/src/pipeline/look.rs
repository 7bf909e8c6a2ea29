use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use autobot_catalog::{Evidence, Rules};
use autobot_db::{SchemaName, Source};
use autobot_prisma::{Flavor, Schema};
use autobot_schema::{AdditionalIndex, DecideOptions, decide, introspect};
use rusqlite::Connection;

use super::Looked;
use super::looked::READERS;
use crate::args::AssessLevel;
use crate::{Context, Exit, Failure, Result};

/// Threads that assess; more do not help, since the pages come from one file.
const SCANNERS_MAX: usize = 4;

/// Connections that the proof reads through, of the same snapshot as the transfer's.
const PROVERS: usize = 1;

/// What is looked at, and by which rules.
pub struct Looking<'a> {
    /// The SQLite file.
    pub source: &'a Path,
    /// The application's schema.prisma.
    pub prisma: Option<Schema>,
    /// The owner's rules.
    pub rules: &'a Rules,
    /// Where the tables are published.
    pub schema: SchemaName,
    /// How much is assessed.
    pub assess: AssessLevel,
    /// The file was not checked before, as the backup of phase 1 was.
    pub check_pages: bool,
    /// The form of Prisma's DDL, by the version that the application uses.
    pub flavor: Flavor,
    /// Indexes besides the source's.
    pub indexes: Vec<AdditionalIndex>,
}

/// Opens the source, reads its schema and every value, and decides. Touches nothing.
pub async fn look(context: &Context, looking: Looking<'_>) -> Result<Looked> {
    let began = Instant::now();
    let source = Arc::new(Source::open(looking.source)?);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(SCANNERS_MAX);
    let mut snapshot = source.snapshot(threads.max(READERS + PROVERS))?;
    let mut connections: Vec<Connection> = std::iter::from_fn(|| snapshot.take()).collect();
    let catalog = introspect(&connections[0]).map_err(schema_failure)?;
    let options =
        DecideOptions { target_schema: looking.schema, additional_indexes: looking.indexes, flavor: looking.flavor };
    let prisma = looking.prisma.as_ref();
    let decided = |evidence: &Evidence| decide(&catalog, evidence, prisma, looking.rules, &options);
    let mut evidence = Evidence::default();
    let mut migration = decided(&evidence);
    if looking.assess == AssessLevel::Full {
        (evidence, connections) =
            super::assess::evidence(context, connections, &catalog, &migration, looking.check_pages).await?;
        migration = decided(&evidence);
        let duplicates = super::assess::find_duplicates(&connections[0], &catalog, &migration, &mut evidence)?;
        let wide = super::assess::find_wide_rows(&connections[0], &catalog, &migration, &mut evidence)?;
        let changed = super::assess::find_changed(&connections[0], &catalog, &migration, &mut evidence)?;
        let broken = super::assess::find_violations(&connections[0], &catalog, &migration, &mut evidence)?;
        if duplicates || wide || changed || broken {
            migration = decided(&evidence);
        }
    }
    source.check_unchanged()?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let migration = Arc::new(migration);
    let snapshot = Mutex::new(connections);
    Ok(Looked { source, catalog, evidence, migration, prisma: looking.prisma, took_ms, snapshot })
}

/// An error of the schema crate as a failure.
pub fn schema_failure(error: autobot_schema::Error) -> Failure {
    let hint = error.hint();
    Failure::new(Exit::Source, error, hint)
}
