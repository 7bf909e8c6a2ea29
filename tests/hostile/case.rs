//! A SQLite database of one class, the binary on it, and a session on what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use autobot_testkit::{TempSqlite, TestDatabase, database_hash, tree_hash};
use rusqlite::Connection;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor as _, Row as _, ValueRef as _};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Sessions on the target are asynchronous, the tests are not.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A database of one class of hostile input, and an empty target.
pub struct Case {
    /// The SQLite file, alone in its directory.
    pub source: TempSqlite,
    /// The target.
    pub database: TestDatabase,
    /// Settings, work directory and schema.prisma.
    pub work: TempDir,
    prisma: Option<PathBuf>,
    /// `--batches` of a copy; `AUTOBOT_TEST_BATCHES` sets it for all cases.
    pub batches: Option<String>,
}

/// What a run of the binary left behind.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// The JSON document.
    pub document: Value,
    /// What was said for eyes.
    pub eyes: String,
}

impl Case {
    /// A database made by SQL; none where there is no PostgreSQL, which is said.
    pub fn of(sql: &str) -> Option<Self> {
        autobot_testkit::postgres_present().then(|| {
            let source = autobot_testkit::sqlite(sql);
            let database = RUNTIME.block_on(autobot_testkit::database());
            let work = tempfile::Builder::new().prefix("autobot-hostile-").tempdir().unwrap();
            Self { source, database, work, prisma: None, batches: std::env::var("AUTOBOT_TEST_BATCHES").ok() }
        })
    }

    /// The same, and rows that SQL text cannot hold.
    pub fn made(sql: &str, fill: impl FnOnce(&Connection)) -> Option<Self> {
        let case = Self::of(sql)?;
        let connection = Connection::open(&case.source.path).unwrap();
        fill(&connection);
        connection.close().unwrap();
        Some(case)
    }

    /// With a schema.prisma.
    pub fn with_prisma(mut self, models: &str) -> Self {
        let path = self.work.path().join("schema.prisma");
        let head = "datasource db {\n provider = \"sqlite\"\n url = \"file:dev.db\" }\n";
        fs::write(&path, format!("{head}{models}")).unwrap();
        self.prisma = Some(path);
        self
    }

    /// `autobot copy` by these settings, as data; the source must be as it was.
    pub fn copy(&self, settings: &str) -> Run {
        self.run("copy", settings, &[])
    }

    /// `autobot assess` by these settings; neither source nor target may change.
    pub fn assess(&self, settings: &str) -> Run {
        let before = self.target();
        let run = self.run("assess", settings, &[]);
        assert_eq!(self.target(), before, "an assessment changed the target");
        run
    }

    /// The rules that `autobot assess --write-rules` proposes, as settings.
    pub fn proposed_rules(&self) -> String {
        let path = self.work.path().join("proposed.toml");
        self.run("assess", "", &["--write-rules", path.to_str().unwrap()]);
        fs::read_to_string(path).unwrap()
    }

    /// Any command on this source and target.
    pub fn run(&self, command: &str, settings: &str, more: &[&str]) -> Run {
        let before = tree_hash(self.source.dir.path());
        let run = Run::of(self.command(command, settings).args(more));
        assert_eq!(tree_hash(self.source.dir.path()), before, "`{command}` changed the source or its neighbours");
        run
    }

    /// The command that `run` runs.
    pub fn command(&self, command: &str, settings: &str) -> Command {
        let config = self.work.path().join("autobot.toml");
        fs::write(&config, settings).unwrap();
        let mut program = autobot();
        program.arg("--config").arg(config).arg("--work-dir").arg(self.work.path().join("run"));
        program.args(["--json", "--target", &self.database.url, command]);
        if ["copy", "assess", "verify", "transfer", "schema"].contains(&command) {
            program.arg("--source").arg(&self.source.path);
            if let Some(prisma) = &self.prisma {
                program.arg("--prisma").arg(prisma);
            }
        }
        if let (Some(batches), "copy") = (&self.batches, command) {
            program.args(["--batches", batches]);
        }
        program
    }

    /// Copies, with success, and without a warning.
    #[track_caller]
    pub fn goes(&self) {
        self.goes_by("", &[]);
    }

    /// Copies by these settings, with success and with exactly these warnings (`number-as-text t.n ×2`; sorted).
    #[track_caller]
    pub fn goes_by(&self, settings: &str, warnings: &[&str]) -> Run {
        let run = self.copy(settings);
        assert_eq!(run.code, 0, "{run}");
        let outcome = if warnings.is_empty() { "migrated" } else { "migrated_with_warnings" };
        assert_eq!(run.warnings(), warnings, "{run}");
        assert_eq!(run.document["outcome"], outcome, "{run}");
        assert_eq!(run.problems(), Vec::<String>::new(), "{run}");
        run
    }

    /// The rows of a query on the target, each as the texts of its values.
    #[track_caller]
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let rows = self.texts(sql).unwrap_or_else(|error| panic!("{error}\nin: {sql}"));
        let line = |row: Vec<Option<String>>| {
            row.into_iter().map(|text| text.unwrap_or_else(|| "NULL".to_owned())).collect::<Vec<_>>().join("|")
        };
        rows.into_iter().map(line).collect()
    }

    /// The same, each value as its text and NULL as none; the error of PostgreSQL where there is one.
    pub fn texts(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
        RUNTIME.block_on(async {
            let mut session = self.database.connect().await;
            session.execute("set timezone = 'UTC'; set extra_float_digits = 3").await.unwrap();
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut session).await;
            let rows = rows.map_err(|error| error.to_string())?;
            Ok(rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect()).collect())
        })
    }

    /// The one value of a query on the target.
    #[track_caller]
    pub fn value(&self, sql: &str) -> String {
        let rows = self.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows[0].clone()
    }

    /// Runs SQL on the target.
    pub fn execute(&self, sql: &str) {
        RUNTIME.block_on(self.database.execute(sql));
    }

    /// Tries SQL on the target: the SQLSTATE of its failure.
    pub fn fails(&self, sql: &str) -> Option<String> {
        RUNTIME.block_on(async {
            let mut session = self.database.connect().await;
            let failed = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut session).await.err()?;
            Some(failed.as_database_error().unwrap().code().unwrap().into_owned())
        })
    }

    /// The type of a column of the target.
    #[track_caller]
    pub fn type_of(&self, table: &str, column: &str) -> String {
        self.value(&format!(
            "select format_type(atttypid, atttypmod) from pg_attribute where attname = '{column}' and attrelid = \
             (select c.oid from pg_class c join pg_namespace n on n.oid = relnamespace \
             where nspname = 'public' and relname = '{table}')"
        ))
    }

    /// One hash over everything in the target.
    pub fn target(&self) -> String {
        RUNTIME.block_on(database_hash(&self.database.url))
    }
}

impl Run {
    /// Runs a command to its end and reads its one document.
    pub fn of(command: &mut Command) -> Self {
        Self::read(&command.output().unwrap())
    }

    /// What a run that has ended left behind.
    pub fn read(output: &Output) -> Self {
        let eyes = String::from_utf8_lossy(&output.stderr).into_owned();
        let out = String::from_utf8_lossy(&output.stdout);
        let document = serde_json::from_str(&out);
        let document = document.unwrap_or_else(|error| panic!("stdout is no JSON document ({error}): {out}\n{eyes}"));
        assert!(!eyes.contains("panicked"), "{eyes}");
        Self { code: output.status.code().unwrap_or(-1), document, eyes }
    }

    /// The warnings: `number-as-text t.n ×2`, sorted.
    pub fn warnings(&self) -> Vec<String> {
        findings(&self.document["warnings"])
    }

    /// The problems in the same form.
    pub fn problems(&self) -> Vec<String> {
        findings(&self.document["problems"])
    }

    /// The first problem, or else warning, of this name.
    #[track_caller]
    pub fn finding(&self, name: &str) -> &Value {
        let all = ["problems", "warnings"].into_iter().filter_map(|list| self.document[list].as_array()).flatten();
        let mut named = all.filter(|finding| finding["code"].as_str().unwrap().ends_with(&format!(" {name}")));
        named.next().unwrap_or_else(|| panic!("no `{name}` in {self}"))
    }

    /// Fails the test unless the exit code is this one and the document or the screen says this.
    #[track_caller]
    pub fn ends(self, code: i32, said: &str) -> Self {
        assert_eq!(self.code, code, "{self}");
        assert!(self.to_string().contains(said), "`{said}` is not said: {self}");
        self
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut document = self.document.clone();
        if let Some(all) = document.as_object_mut() {
            all.remove("evidence");
        }
        write!(f, "exit {}\n{document:#}\n{}", self.code, self.eyes)
    }
}

/// The program, with a clean environment as far as it reads it, and nobody there to answer.
pub fn autobot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_autobot-under-test"));
    for name in ["AUTOBOT_TARGET", "AUTOBOT_DB_PASSWORD", "AUTOBOT_ADMIN_URL", "AUTOBOT_LOG"] {
        command.env_remove(name);
    }
    command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).arg("--no-progress");
    command
}

/// Findings of one kind in one column are one line: `text-in-integer t.n ×2`.
fn findings(list: &Value) -> Vec<String> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for finding in list.as_array().into_iter().flatten() {
        *counts.entry(name_of(finding)).or_default() += finding["count"].as_u64().unwrap();
    }
    counts.iter().map(|(name, count)| format!("{name} ×{count}")).collect()
}

/// The kind of a finding and what it concerns: `text-in-integer t.n`.
pub fn name_of(finding: &Value) -> String {
    let name = finding["code"].as_str().unwrap().split_once(' ').unwrap().1;
    let of = ["table", "column"].into_iter().filter_map(|key| finding[key].as_str()).collect::<Vec<_>>().join(".");
    format!("{name} {of}")
}

/// A value as PostgreSQL writes it.
fn text(row: &sqlx::postgres::PgRow, at: usize) -> Option<String> {
    let value = row.try_get_raw(at).unwrap();
    (!value.is_null()).then(|| value.as_str().unwrap().to_owned())
}
