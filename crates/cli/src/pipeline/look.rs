use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use autobot_catalog::{Evidence, Migration, Rules, Severity, SourceCatalog};
use autobot_db::{SchemaName, Source};
use autobot_prisma::{Flavor, Schema};
use autobot_schema::{AdditionalIndex, DecideOptions, decide, introspect};

use crate::args::AssessLevel;
use crate::{Context, Exit, Failure, Result};

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
    /// The form of Prisma's DDL, by the version that the application uses.
    pub flavor: Flavor,
    /// Indexes besides the source's.
    pub indexes: Vec<AdditionalIndex>,
}

/// What looking found and what was decided.
pub struct Looked {
    /// The source, open.
    pub source: Arc<Source>,
    /// What SQLite says.
    pub catalog: SourceCatalog,
    /// What the pass over every value found; empty when nothing was assessed.
    pub evidence: Evidence,
    /// What was decided.
    pub migration: Arc<Migration>,
    /// The application's schema.prisma.
    pub prisma: Option<Schema>,
    /// How long looking took, in milliseconds.
    pub took_ms: u64,
}

impl Looked {
    /// True when nothing stands against the migration.
    pub fn is_clear(&self) -> bool {
        self.migration.findings.iter().all(|finding| finding.severity < Severity::Problem)
    }

    /// The path of the source.
    pub fn path(&self) -> PathBuf {
        self.source.path().to_owned()
    }
}

/// Opens the source, reads its schema and every value, and decides. Touches nothing.
pub async fn look(context: &Context, looking: Looking<'_>) -> Result<Looked> {
    let began = Instant::now();
    let source = Arc::new(Source::open(looking.source)?);
    let connection = source.connect()?;
    let catalog = introspect(&connection).map_err(schema_failure)?;
    let options =
        DecideOptions { target_schema: looking.schema, additional_indexes: looking.indexes, flavor: looking.flavor };
    let prisma = looking.prisma.as_ref();
    let decided = |evidence: &Evidence| decide(&catalog, evidence, prisma, looking.rules, &options);
    let mut evidence = Evidence::default();
    let mut migration = decided(&evidence);
    if looking.assess == AssessLevel::Full {
        evidence = super::assess::evidence(context, &source, &catalog, &migration).await?;
        migration = decided(&evidence);
        if super::assess::find_duplicates(&source, &catalog, &migration, &mut evidence)? {
            migration = decided(&evidence);
        }
    }
    source.check_unchanged()?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let migration = Arc::new(migration);
    Ok(Looked { source, catalog, evidence, migration, prisma: looking.prisma, took_ms })
}

/// An error of the schema crate as a failure.
pub fn schema_failure(error: autobot_schema::Error) -> Failure {
    let hint = error.hint();
    Failure::new(Exit::Source, error, hint)
}
