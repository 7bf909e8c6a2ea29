use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use autobot_plan::files::FileError;
use autobot_prisma::{MIGRATION_LOCK_FILE, Schema};
use regex::Regex;

use crate::schema::{ConfigFile, SchemaPlace};
use crate::{AppPath, Error, Places, disk};

static PROVIDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*provider\s*=\s*"([^"]*)""#).expect("the pattern is a constant that every test compiles")
});

/// The migrations folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationsFacts {
    /// Where Prisma keeps its migrations, whether it is there or not.
    pub folder: AppPath,
    /// True when the folder holds anything.
    pub present: bool,
    /// The lock file's text.
    pub lock: Option<String>,
    /// The provider that it names.
    pub lock_provider: Option<String>,
    /// Names of the migrations, in order.
    pub names: Vec<String>,
    /// Our own baseline migrations that are there already.
    pub baselines: Vec<Baseline>,
}

/// A migration `<timestamp>_init_postgresql`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The name of its folder.
    pub name: String,
    /// Its statements.
    pub sql: String,
}

impl MigrationsFacts {
    /// True when the migrations are PostgreSQL's already.
    pub fn is_for_postgres(&self) -> bool {
        matches!(self.lock_provider.as_deref(), Some("postgresql" | "postgres"))
    }

    /// The name under which a baseline with these statements is there already, else `fresh`: a second run keeps the
    /// name of the first.
    pub fn baseline_name(&self, sql: &str, fresh: &str) -> String {
        let there = self.baselines.iter().find(|baseline| self.is_for_postgres() && baseline.sql == sql);
        there.map_or_else(|| fresh.to_owned(), |baseline| baseline.name.clone())
    }
}

pub(super) fn gather(
    places: &Places,
    place: &SchemaPlace,
    schema: &Schema,
    config: Option<&ConfigFile>,
) -> Result<MigrationsFacts, Error> {
    let folder = places.named(folder(places, place, schema, config));
    let lock = disk::read_text(&folder.path.join(MIGRATION_LOCK_FILE))?;
    let mut facts = MigrationsFacts {
        present: false,
        lock_provider: lock.as_deref().and_then(|text| PROVIDER.captures(text)).map(|found| found[1].to_owned()),
        lock,
        names: Vec::new(),
        baselines: Vec::new(),
        folder,
    };
    if !facts.folder.path.is_dir() {
        return Ok(facts);
    }
    let path = &facts.folder.path;
    for entry in fs::read_dir(path).map_err(FileError::new("list", path))? {
        let entry = entry.map_err(FileError::new("list", path))?;
        facts.present = true;
        if entry.path().is_dir() {
            facts.names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    facts.names.sort();
    for name in facts.names.iter().filter(|name| name.ends_with("_init_postgresql")) {
        if let Some(sql) = disk::read_text(&path.join(name).join("migration.sql"))? {
            facts.baselines.push(Baseline { name: name.clone(), sql });
        }
    }
    Ok(facts)
}

/// What the config names; else `migrations` beside the file with the datasource, or beside the schema's folder where
/// only that is there.
fn folder(places: &Places, place: &SchemaPlace, schema: &Schema, config: Option<&ConfigFile>) -> PathBuf {
    if let Some(path) = config.and_then(|config| config.migrations.as_ref()) {
        return places.server_dir.join(path);
    }
    let shown = schema.datasource().map(|datasource| datasource.at.file.as_str());
    let file = place.files.iter().find(|file| Some(file.shown.as_str()) == shown);
    let beside = file.map_or(place.folder(), |file| autobot_plan::files::parent(&file.path)).join("migrations");
    let outside = place.folder().parent().map(|parent| parent.join("migrations"));
    match outside {
        Some(outside) if place.root.path.is_dir() && !beside.exists() && outside.is_dir() => outside,
        _ => beside,
    }
}
