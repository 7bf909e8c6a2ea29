use std::path::PathBuf;

use autobot_catalog::Rules;
use autobot_report::Lang;
use autobot_trial::Server;
use serde::{Deserialize, Serialize};

use crate::args::{BatchSize, Level, Statistics};

/// All settings. A key that is not known is refused; a key that is missing has the value of `config/autobot.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Language of the report and of the summary.
    pub lang: Lang,
    /// Where journal, backups and reports are kept; relative to the application.
    pub work_dir: PathBuf,
    /// The application's files.
    pub app: Application,
    /// The server and database.
    pub target: TargetSettings,
    /// What the application's `.env` gets.
    pub env: EnvFile,
    /// Phase 4.
    pub migrate: Migrate,
    /// Phase 5.
    pub verify: VerifySettings,
    /// How the application's server is tried.
    pub server: Server,
    /// PostgreSQL backups.
    pub backup: Backups,
    /// Phase 6.
    pub finish: Finish,
    /// The owner's rules for data.
    #[serde(default)]
    pub rules: Rules,
}

/// Where things are in the AutoBOT checkout; all relative to `dir`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The checkout.
    pub dir: PathBuf,
    /// The SQLite database.
    pub database: PathBuf,
    /// The environment file.
    pub env: PathBuf,
    /// The file or folder of schema.prisma.
    pub schema: PathBuf,
    /// Prisma's migrations.
    pub migrations: PathBuf,
    /// WhatsApp sessions.
    pub sessions: PathBuf,
    /// The compose file.
    pub compose: PathBuf,
    /// The README that gets a page about PostgreSQL.
    pub readme: PathBuf,
    /// The folder with package.json, where `npx prisma generate` runs.
    pub package: PathBuf,
}

/// Where PostgreSQL comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// A private cluster in a directory.
    Embedded,
    /// A server that is installed; role and database are made over an administrator's connection.
    Local,
    /// The service in the application's compose file.
    Docker,
    /// A database that is there: checked only.
    Existing,
}

/// The server and database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetSettings {
    /// Where PostgreSQL comes from.
    pub provider: Provider,
    /// For `existing`: the URL, if possible without its password.
    #[serde(default)]
    pub url: Option<String>,
    /// Host of a local server.
    pub host: String,
    /// Port; 0 lets `embedded` choose a free one.
    pub port: u16,
    /// The application's role.
    pub user: String,
    /// The application's database.
    pub database: String,
    /// The schema that the tables are published in.
    pub schema: String,
    /// Environment variable with the role's password.
    pub password_env: String,
    /// File with the role's password (first line).
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// For `local`: environment variable with an administrator's URL.
    pub admin_url_env: String,
    /// For `embedded`: where the cluster is; relative to the work directory.
    pub embedded_dir: PathBuf,
    /// Where PostgreSQL's programs are, if not found by themselves.
    #[serde(default)]
    pub programs_dir: Option<PathBuf>,
    /// For `docker`: the service in the compose file.
    pub docker_service: String,
}

/// Which form of `DATABASE_URL` the application gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UrlForm {
    /// As the migration itself reaches the server.
    Local,
    /// From inside the compose network (`postgres:5432`).
    Container,
}

/// What the application's `.env` gets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvFile {
    /// Which form of the URL.
    pub url_form: UrlForm,
    /// Prisma's `connection_limit`.
    #[serde(default)]
    pub connection_limit: Option<u32>,
    /// Prisma's `pool_timeout`, in seconds.
    #[serde(default)]
    pub pool_timeout: Option<u32>,
    /// Write `.env.example` without secrets.
    pub example: bool,
}

/// Phase 4.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the settings")]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migrate {
    /// False is option A of the plan: schema only, no rows.
    pub data: bool,
    /// Change `Int` fields that hold more than 32 bits to `BigInt` in schema.prisma.
    pub widen_integers: bool,
    /// Additional indexes, `Model.field`.
    pub indexes: Vec<String>,
    /// Which tables are loaded in batches.
    pub batches: BatchSize,
    /// Whether the planner's statistics are gathered.
    pub statistics: Statistics,
    /// Move the generated clients (`node_modules/.prisma`) to the backup.
    pub move_generated_clients: bool,
    /// Run `npx prisma generate` where Prisma is installed.
    pub generate: bool,
}

/// Phase 5.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifySettings {
    /// How much is compared.
    pub level: Level,
}

/// PostgreSQL backups.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backups {
    /// Where they are kept; relative to the application.
    pub dir: PathBuf,
    /// How many complete ones are kept.
    pub keep: usize,
}

/// Phase 6.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the settings")]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Write `postgresql.conf` for this machine, beside schema.prisma.
    pub tuning: bool,
    /// Write the backup script and its schedules.
    pub schedule: bool,
    /// Hour and minute of the daily backup.
    pub schedule_at: String,
    /// Write a page about PostgreSQL into the README.
    pub readme: bool,
    /// Copy the SQLite file into `archive/` beside it.
    pub archive: bool,
}
