//! An AutoBOT checkout in a directory of its own, with a target database of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use autobot_sample::{Sample, SampleOptions, make};
use autobot_testkit::{TestDatabase, database_hash};
use sqlx::{AssertSqlSafe, Row as _};
use tempfile::TempDir;

use crate::listing::Listing;
use crate::program::{Ran, autobot};

/// The work directory's name in a checkout.
pub(crate) const WORK_DIR: &str = ".autobot-migration";

/// A sample AutoBOT and the empty database that it is to move to.
pub(crate) struct Checkout {
    /// The sample.
    pub(crate) sample: Sample,
    /// The target.
    pub(crate) database: TestDatabase,
    // Removed with this value.
    _dir: TempDir,
}

/// Everything that a dry run, or a second run, must leave as it is.
#[derive(Debug, PartialEq)]
pub(crate) struct Standing {
    files: Listing,
    target: String,
}

impl Checkout {
    /// Makes a sample and a database.
    pub(crate) async fn new(options: &SampleOptions) -> Self {
        let dir = tempfile::Builder::new().prefix("autobot-it-").tempdir().unwrap();
        let sample = make(&dir.path().join("AutoBOT"), options).unwrap();
        Self { sample, database: autobot_testkit::database().await, _dir: dir }
    }

    /// The checkout's root.
    pub(crate) fn root(&self) -> &Path {
        &self.sample.root
    }

    /// A path in the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// A directory for what a test needs besides; beside the checkout.
    pub(crate) fn beside(&self) -> &Path {
        self.root().parent().unwrap()
    }

    /// The program on this checkout and this target.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = autobot();
        command.arg("--app").arg(self.root()).args(["--target", &self.database.url]).args(arguments);
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// Carries out the phases up to this one.
    #[track_caller]
    pub(crate) fn through(&self, last: u8) {
        for phase in 1..=last {
            self.run(&["phase", &phase.to_string()]).exits(0);
        }
    }

    /// The application's files, without the work directory.
    pub(crate) fn files(&self) -> Listing {
        Listing::of(self.root(), &[WORK_DIR])
    }

    /// Files of application and work directory, and the target.
    pub(crate) async fn standing(&self) -> Standing {
        let files = Listing::of(self.root(), &[]);
        Standing { files, target: database_hash(&self.database.url).await }
    }

    /// Fails the test when anything changed since.
    #[track_caller]
    pub(crate) fn unchanged(&self, before: &Standing, now: &Standing, when: &str) {
        now.files.same_as(&before.files, when);
        assert_eq!(now.target, before.target, "{when}: the target changed");
    }

    /// Number of rows of a published table.
    pub(crate) async fn rows(&self, table: &str) -> i64 {
        self.number(&format!("select count(*) from \"{table}\"")).await
    }

    /// What a query of one number says.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut connection = self.database.connect().await;
        let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await;
        row.unwrap_or_else(|error| panic!("{error}\nin: {sql}")).get(0)
    }

    /// Lines of text that a query gives.
    pub(crate) async fn lines(&self, sql: &str) -> Vec<String> {
        lines(&self.database.url, sql).await
    }
}

/// Lines of text that a query gives.
pub(crate) async fn lines(url: &str, sql: &str) -> Vec<String> {
    use sqlx::Connection as _;
    let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
    rows.unwrap_or_else(|error| panic!("{error}\nin: {sql}")).iter().map(|row| row.get(0)).collect()
}
