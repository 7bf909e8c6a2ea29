//! What the application's files are now: reads only.

mod client;
mod database;
mod env_files;
mod migrations;
mod moves;

use std::collections::BTreeMap;
use std::path::PathBuf;

use autobot_prisma::Schema;

pub use client::ClientFacts;
pub(crate) use client::activated_provider;
pub use database::{ArchivedFile, DatabaseFacts};
pub use env_files::{EnvFile, OtherEnv};
pub use migrations::{Baseline, MigrationsFacts};
pub use moves::MoveFacts;
pub(crate) use moves::moved_to;

use crate::schema::{ConfigFile, SchemaPlace, find_config, locate, parse};
use crate::{Error, Places, disk};

/// The key that Prisma's own examples use, taken where the schema names none.
const USUAL_KEY: &str = "DATABASE_URL";

/// Everything that the plans of this crate rest on. Its `Debug` shows no file content.
#[derive(Debug)]
pub struct Facts {
    /// Where the files are.
    pub places: Places,
    /// The key of the database's URL, as the schema or Prisma's config names it.
    pub key: String,
    /// `.env`; none when there is none.
    pub env: Option<EnvFile>,
    /// `.env.example`; none when there is none.
    pub env_example: Option<EnvFile>,
    /// Further `.env` files that set the key too.
    pub other_env: Vec<OtherEnv>,
    /// The schema's files.
    pub schema_place: SchemaPlace,
    /// The schema, read.
    pub schema: Schema,
    /// `prisma.config.*`; none when there is none.
    pub config: Option<ConfigFile>,
    /// The migrations folder.
    pub migrations: MigrationsFacts,
    /// The installed Prisma and its generated clients.
    pub client: ClientFacts,
    /// The README's text; none when there is none.
    pub readme: Option<String>,
    /// The SQLite file and its archive.
    pub database: DatabaseFacts,
    /// How far each thing that can be moved aside is: the migrations, the generated clients, the client's package.
    pub moves: Vec<MoveFacts>,
    /// SHA-256 of the files of [`Places::written`] that are there.
    pub written: BTreeMap<PathBuf, String>,
}

impl Facts {
    /// Looks at the application's files. Writes nothing.
    pub fn gather(places: &Places) -> Result<Self, Error> {
        let config = find_config(&places.app_dir, &places.server_dir)?;
        let schema_place = locate(places, config.as_ref())?;
        let schema = parse(&schema_place.files)?;
        let key = key(&schema, config.as_ref());
        let migrations = migrations::gather(places, &schema_place, &schema, config.as_ref())?;
        let client = client::gather(places, &schema_place, &schema)?;
        Ok(Self {
            moves: moves::gather(places, &migrations, &client),
            written: written(places)?,
            env: env_files::read(places, &places.env)?,
            env_example: env_files::read(places, &places.env_example)?,
            other_env: env_files::others(places, &schema_place, &key)?,
            migrations,
            client,
            readme: disk::read_text(&places.named(&places.readme).path)?,
            database: database::gather(places)?,
            places: places.clone(),
            key,
            schema_place,
            schema,
            config,
        })
    }

    /// The provider that the schema's datasource names now.
    pub fn provider(&self) -> Option<&str> {
        self.schema.datasource()?.provider.as_ref()?.literal()
    }

    /// True when the schema names PostgreSQL already.
    pub fn is_for_postgres(&self) -> bool {
        matches!(self.provider(), Some("postgresql" | "postgres"))
    }
}

fn written(places: &Places) -> Result<BTreeMap<PathBuf, String>, Error> {
    let mut written = BTreeMap::new();
    for path in &places.written {
        let path = places.named(path).path;
        if let Some(bytes) = disk::read(&path)? {
            written.insert(path, disk::hash(&bytes));
        }
    }
    Ok(written)
}

fn key(schema: &Schema, config: Option<&ConfigFile>) -> String {
    use crate::schema::ConfigUrl;
    use autobot_prisma::Setting;
    let in_schema = schema.datasource().and_then(|datasource| datasource.url.as_ref());
    let in_config = config.map(|config| &config.url);
    match (in_schema, in_config) {
        (Some(Setting::Env(name)), _) | (None, Some(ConfigUrl::Environment(name))) => name.clone(),
        _ => USUAL_KEY.to_owned(),
    }
}
