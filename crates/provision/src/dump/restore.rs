//! Restoring a backup, in one transaction.

use std::io::Read as _;
use std::path::PathBuf;

use autobot_db::{QualifiedName, Target, TargetError, TargetUrl, quote_literal};
use autobot_plan::{Scope, Unit};
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tokio::io::{AsyncWriteExt as _, sink};
use tokio::process::ChildStdin;

use super::output::{finish, keep_last};
use super::{BLOCK_BYTES, Scan, Via, retention, scan};
use crate::inspect::{self, Contents};
use crate::{Error, Result};

const CLEAR: &str = include_str!("../../sql/clear.sql");

/// Stops at the first error, and then nothing has happened. `terse` leaves out what quotes rows.
///
/// Not `--single-transaction`: that commits at the end of the input, also where it ends because we were killed.
const PSQL: &[&str] =
    &["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse", "--file=-"];

/// Before the dump. An application that holds a table that is to be replaced is waited for, not for ever.
const BEGIN: &str = "begin;\nset local lock_timeout = '60s';\nset local client_min_messages = 'warning';\n";
/// After the dump and its checks.
const COMMIT: &str = "commit;\n";
/// How many tables an error names.
const NAMED_MAX: usize = 5;

/// What to restore, and where to.
#[derive(Debug, Clone)]
pub struct RestoreOptions {
    /// The database.
    pub target: TargetUrl,
    /// Whose `psql`.
    pub via: Via,
    /// The backup, gzipped or plain.
    pub from: PathBuf,
    /// What may be there.
    pub onto: Onto,
}

/// What a restore does with what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onto {
    /// Nothing may be there.
    Empty,
    /// Everything there is dropped, in the same transaction: until the end it is as it was.
    Replaced,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Tables with rows in the dump, and how many; each was counted in the database afterwards.
    pub tables: Vec<(QualifiedName, u64)>,
    /// How many objects were dropped first.
    pub dropped: usize,
}

/// Restores a backup: read through first, then restored whole or not at all, then counted.
pub async fn restore(options: &RestoreOptions, scope: &Scope<'_>) -> Result<Restored> {
    retention::check(&options.from, scope).await?;
    let found = scan(&options.from, scope).await?;
    if found.large_objects {
        let reason = "it holds large objects, whose own transactions would break the restore's into parts".to_owned();
        return Err(Error::Damaged { path: options.from.clone(), reason });
    }
    let mut connection = Target::new(options.target.clone()).connect().await?;
    let drops = match options.onto {
        Onto::Empty => check_empty(&mut connection, options).await.map(|()| Vec::new())?,
        Onto::Replaced => drops(&mut connection).await?,
    };
    drop(connection);

    let mut child = options.via.spawn("psql", PSQL, &options.target)?;
    let words = keep_last(child.stderr.take());
    let mut output = child.stdout.take();
    let drained = tokio::spawn(async move {
        if let Some(output) = &mut output {
            let _ = tokio::io::copy(output, &mut sink()).await;
        }
    });
    let fed = match child.stdin.take() {
        Some(input) => feed(input, options, &found, &drops, scope).await,
        None => Ok(()),
    };
    let finished = finish("psql", &mut child, words).await;
    match fed {
        // A pipe that broke has its reason in what psql said.
        Err(Error::Run { .. }) => finished.and(fed)?,
        // Without its last line psql rolls back, whatever it exits with.
        other => other.and(finished)?,
    }
    let _ = drained.await;
    count(options, &found).await?;
    Ok(Restored { tables: found.tables.into_iter().collect(), dropped: drops.len() })
}

/// Gives psql the drops, the dump, and the counts to be checked before it commits.
async fn feed(
    mut input: ChildStdin,
    options: &RestoreOptions,
    found: &Scan,
    drops: &[String],
    scope: &Scope<'_>,
) -> Result<()> {
    let broken = |source| Error::Run { program: "psql".to_owned(), source };
    let before = format!("{BEGIN}{}\n", drops.join("\n"));
    input.write_all(before.as_bytes()).await.map_err(broken)?;
    let mut text = scan::open(&options.from)?;
    let (mut block, mut done) = (vec![0; BLOCK_BYTES], 0);
    loop {
        if scope.stop.is_requested() {
            return Err(Error::Stopped { doing: "restoring a backup" });
        }
        let read = text.read(&mut block).map_err(autobot_plan::files::FileError::new("read", &options.from))?;
        if read == 0 {
            break;
        }
        input.write_all(&block[..read]).await.map_err(broken)?;
        done += read as u64;
        scope.part(&scan::part(&options.from), done, Some(found.sql_bytes), Unit::Bytes);
    }
    if done != found.sql_bytes {
        let reason = "it changed while it was being restored".to_owned();
        return Err(Error::Damaged { path: options.from.clone(), reason });
    }
    let after = format!("{}{COMMIT}", checks(found));
    input.write_all(after.as_bytes()).await.map_err(broken)?;
    input.shutdown().await.map_err(broken)
}

/// Statements that fail, and take everything back with them, where a table has not the dump's number of rows.
fn checks(found: &Scan) -> String {
    let check = |(table, rows): (&QualifiedName, &u64)| {
        let message = quote_literal(&format!("table {} has not {rows} rows", table.to_string().replace('%', "%%")));
        format!("if (select count(*) from {}) <> {rows} then raise exception {message}; end if;\n", table.quoted())
    };
    let body: String = found.tables.iter().map(check).collect();
    format!("\ndo language plpgsql {};\n", quote_literal(&format!("begin\n{body}end")))
}

async fn check_empty(connection: &mut PgConnection, options: &RestoreOptions) -> Result<()> {
    let schema = inspect::schema_name(&options.target)?;
    let Contents { with_rows, empty } = inspect::contents(connection, &schema).await?;
    let mut tables: Vec<String> = with_rows.iter().chain(&empty).map(|name| name.table.to_string()).collect();
    tables.sort();
    if tables.is_empty() {
        return Ok(());
    }
    let more = tables.len().saturating_sub(NAMED_MAX);
    tables.truncate(NAMED_MAX);
    let database = options.target.database.clone();
    Err(Error::NotEmpty { database, schema: schema.to_string(), tables, more })
}

/// The statements that drop everything the role owns in the database.
async fn drops(connection: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query(CLEAR).fetch_all(connection).await;
    let rows = rows.map_err(TargetError::query("list what is to be replaced"))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Counts again, by another road, what was committed.
async fn count(options: &RestoreOptions, found: &Scan) -> Result<()> {
    let mut connection = Target::new(options.target.clone()).connect().await?;
    for (table, expected) in &found.tables {
        let sql = format!("select count(*) from {}", table.quoted());
        let counted = sqlx::query_scalar::<_, i64>(AssertSqlSafe(sql)).fetch_one(&mut connection).await;
        let counted = counted.map_err(TargetError::query(format!("count the rows of {table}")))?;
        let counted = u64::try_from(counted).unwrap_or_default();
        if counted != *expected {
            return Err(Error::RestoreCount { table: table.to_string(), expected: *expected, found: counted });
        }
    }
    Ok(())
}
