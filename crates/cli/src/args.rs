//! The command line, as data.

mod batch_size;

use std::path::PathBuf;

use autobot_plan::Phase;
use autobot_report::Lang;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use batch_size::BatchSize;

/// Move an AutoBOT, or any SQLite database, to PostgreSQL and lose nothing
#[derive(Debug, Parser)]
#[command(name = "autobot", version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What every command understands
    #[command(flatten)]
    pub global: Global,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done and proved, or a dry run printed
  1    a bug in the tool
  2    wrong arguments
  3    settings wrong or missing
  4    something is in the way; nothing was changed
  5    the source cannot be migrated as it is (named: table, column, rowid, rule)
  6    target problem
  7    application files problem
  8    verification found differences
  9    stopped part-way; can be resumed
  10   another run holds the lock
  130  interrupted";

/// Options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Settings file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub config: Option<PathBuf>,
    /// The AutoBOT checkout (overrides the settings)
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    pub app: Option<PathBuf>,
    /// The target database, `postgresql://user:password@host:5432/database` (means provider `existing`)
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "AUTOBOT_TARGET",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub target: Option<String>,
    /// Where journal, backups and reports are kept [default: .autobot-migration in the AutoBOT]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    pub work_dir: Option<PathBuf>,
    /// Print one JSON document on stdout; everything for eyes goes to stderr
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,
    /// Answer yes to every question
    #[arg(long, short = 'y', global = true, help_heading = "Global options")]
    pub yes: bool,
    /// Say more (twice: everything)
    #[arg(long, short, global = true, action = clap::ArgAction::Count, help_heading = "Global options")]
    pub verbose: u8,
    /// Say only what went wrong
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Plain lines in place of progress bars
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_progress: bool,
    /// Language of the report and of the summary on the screen
    #[arg(long, global = true, value_parser = languages(), value_name = "LANG", help_heading = "Global options")]
    pub lang: Option<Lang>,
}

/// The languages, by their codes.
fn languages() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::ALL.map(Lang::code)).try_map(|code| code.parse())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented settings file for the AutoBOT found in --app
    Init(InitArgs),
    /// Carry out one phase: 1 prepare, 2 provision, 3 configure, 4 migrate, 5 verify, 6 finish
    Phase(PhaseArgs),
    /// Print what all six phases would do
    Plan,
    /// Carry out all six phases; go on where an earlier run stopped
    Migrate,
    /// Show what is done, what is next and what to type
    Status,
    /// Go back: to SQLite, or to a backup of PostgreSQL
    Rollback {
        /// Which way
        #[command(subcommand)]
        way: RollbackWay,
    },
    /// Back up the PostgreSQL database, keeping the newest backups
    Backup(BackupArgs),
    /// Restore the PostgreSQL database from a backup
    Restore(RestoreArgs),
    /// Look at every value of a SQLite file and say what would become of it
    Assess(AssessArgs),
    /// Create the schema of a SQLite file on the target
    Schema(SchemaArgs),
    /// Copy the rows of a SQLite file into tables that exist
    Transfer(TransferArgs),
    /// Compare a SQLite file with the target
    Verify(VerifyArgs),
    /// Copy any SQLite file: assess, create, transfer, prove, publish
    Copy(CopyArgs),
    /// Show or retry rows that were put in quarantine
    Quarantine {
        /// What to do with them
        #[command(subcommand)]
        what: QuarantineWhat,
    },
    /// Control the embedded PostgreSQL
    Server {
        /// What to do with it
        #[command(subcommand)]
        what: ServerWhat,
    },
    /// Show connections, database size and largest tables
    Monitor(MonitorArgs),
    /// Make a sample AutoBOT and an embedded PostgreSQL and carry out all six phases
    Demo(DemoArgs),
    /// Print the command line reference as Markdown
    #[command(hide = true)]
    Reference,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Replace a settings file that is there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `phase`.
#[derive(Debug, Args)]
pub struct PhaseArgs {
    /// Number or name of the phase
    #[arg(value_name = "PHASE")]
    pub phase: Phase,
    /// Print the changes and touch nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The two rollback options of the plan.
#[derive(Debug, Subcommand)]
pub enum RollbackWay {
    /// Restore database, .env, schema and migrations as they were before phase 1
    Sqlite {
        /// Print the changes and touch nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Restore PostgreSQL from a backup
    Postgres {
        /// A plain or gzipped SQL dump
        #[arg(long, value_name = "BACKUP")]
        from: PathBuf,
    },
}

/// Arguments of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where backups are kept [default: backups in the AutoBOT]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// How many complete backups are kept
    #[arg(long, value_name = "N")]
    pub keep: Option<usize>,
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// A plain or gzipped SQL dump
    #[arg(value_name = "BACKUP")]
    pub from: PathBuf,
}

/// A SQLite file as the source.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// The SQLite file [default: the AutoBOT's]
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
    /// The application's schema.prisma, for exactly Prisma's types
    #[arg(long, value_name = "FILE")]
    pub prisma: Option<PathBuf>,
}

/// Arguments of `assess`.
#[derive(Debug, Args)]
pub struct AssessArgs {
    /// The source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Write proposed rules, with the evidence as comments, to this file (`-` for stdout)
    #[arg(long, value_name = "FILE")]
    pub write_rules: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// The source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Print the SQL and touch nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `transfer`.
#[derive(Debug, Args)]
pub struct TransferArgs {
    /// The source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Print the changes and touch nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing
    None,
    /// Number of rows
    Counts,
    /// Every value, by digests
    Content,
    /// Every value, row by row
    Rows,
}

/// How much is assessed before the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AssessLevel {
    /// Nothing: types from the declarations, a value that does not fit fails the copy
    None,
    /// Every value
    Full,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The source
    #[command(flatten)]
    pub source: SourceArgs,
    /// How much is compared
    #[arg(long, value_enum, default_value_t = Level::Content)]
    pub level: Level,
    /// Compare the target with the digests of this report in place of a SQLite file
    #[arg(long, value_name = "REPORT")]
    pub against: Option<PathBuf>,
    /// Show differing values in the clear
    #[arg(long)]
    pub show_values: bool,
}

/// Arguments of `copy`.
#[derive(Debug, Args)]
pub struct CopyArgs {
    /// The source
    #[command(flatten)]
    pub source: SourceArgs,
    /// Print the changes and touch nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How much is compared before anything is published
    #[arg(long, value_enum, default_value_t = Level::Content)]
    pub verify: Level,
    /// How much is assessed before anything is touched
    #[arg(long, value_enum, default_value_t = AssessLevel::Full)]
    pub assess: AssessLevel,
    /// Which tables are committed in batches, so that a run that was cut off goes on inside a table: `auto` (those of 4
    /// GiB and more), `never`, or the size of a batch (`64MB`), for every table [default: as the settings say]
    #[arg(long, value_name = "BATCHES")]
    pub batches: Option<BatchSize>,
    /// Whether statistics are gathered, so that the first queries are planned well [default: as the settings say]
    #[arg(long, value_enum)]
    pub statistics: Option<Statistics>,
}

/// Whether the planner's statistics are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Statistics {
    /// With `ANALYZE`
    Gather,
    /// Left to the server's autovacuum
    None,
}

/// What to do with quarantined rows.
#[derive(Debug, Subcommand)]
pub enum QuarantineWhat {
    /// List them
    List,
    /// Put those back that fit now
    Retry,
}

/// What to do with the embedded server.
#[derive(Debug, Subcommand)]
pub enum ServerWhat {
    /// Start it
    Start,
    /// Stop it
    Stop,
    /// Say whether it runs and where
    Status,
}

/// Arguments of `monitor`.
#[derive(Debug, Args)]
pub struct MonitorArgs {
    /// Show again every so many seconds
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "5")]
    pub watch: Option<u64>,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the sample AutoBOT is made [default: autobot-demo]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// How many messages it holds
    #[arg(long, value_name = "N")]
    pub messages: Option<u64>,
    /// Seed of its content: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}
