use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use autobot_backup::{
    Backup, BackupError, BackupExecutor, Facts, Options, Paths, SECTION, SessionChanges, TableExport, plan,
};
use autobot_plan::{Fingerprint, Journal, Outcome, RunError, RunSummary, Silent, Stop, run};
use rusqlite::Connection;
use tempfile::TempDir;

/// A small AutoBOT with everything that phase 1 copies.
pub(crate) struct Project {
    pub(crate) folder: TempDir,
    pub(crate) paths: Paths,
    pub(crate) options: Options,
}

impl Project {
    /// An AutoBOT with a few rows.
    pub(crate) fn new() -> Self {
        let project = Self::without_database();
        project.sql(
            "create table \"User\"(id text not null primary key, username text not null);
             create table \"Bot\"(id text not null primary key, \"userId\" text not null references \"User\"(id), config text);
             create table \"Message\"(id integer not null primary key autoincrement, content text not null);
             create index \"Message_content_idx\" on \"Message\"(content);
             insert into \"User\" values ('u1', 'admin');
             insert into \"Bot\" values ('b1', 'u1', '{\"prompt\": \"it''s\\nme\"}'), ('b2', 'u1', null);
             insert into \"Message\"(content) values ('hola'), ('¿qué tal? 😀'), ('');",
        );
        project
    }

    /// The same without the database file.
    pub(crate) fn without_database() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = folder.path().join("server");
        let paths = Paths {
            database: server.join("prisma/dev.db"),
            env: Some(server.join(".env")),
            schema: Some(server.join("prisma/schema.prisma")),
            migrations: Some(server.join("prisma/migrations")),
            sessions: Some(folder.path().join("sessions")),
        };
        write(&server.join(".env"), b"DATABASE_URL=\"file:./dev.db\"\r\nJWT_SECRET=x", 0o600);
        write(&server.join("prisma/schema.prisma"), b"datasource db {\n  provider = \"sqlite\"\n}\n", 0o644);
        write(&server.join("prisma/migrations/migration_lock.toml"), b"provider = \"sqlite\"\n", 0o644);
        write(&server.join("prisma/migrations/20240101000000_init/migration.sql"), b"-- CreateTable\r\n", 0o755);
        write(&folder.path().join("sessions/bot-1/creds.json"), b"{\"noiseKey\":1}", 0o600);
        let options = Options {
            refuse_orphans: false,
            refuse_running_writer: false,
            session_changes: SessionChanges::Warn,
            exports: vec![TableExport::bot_configs()],
        };
        Self { folder, paths, options }
    }

    /// Executes SQL in the database.
    pub(crate) fn sql(&self, sql: &str) {
        Connection::open(&self.paths.database).unwrap().execute_batch(sql).unwrap();
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join(".autobot-migration/backups")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join(".autobot-migration/journal.jsonl")
    }

    pub(crate) fn sessions(&self) -> PathBuf {
        self.folder.path().join("sessions")
    }

    pub(crate) async fn facts(&self) -> Facts {
        Facts::gather(&self.paths, &self.root()).await.unwrap()
    }

    /// Looks, decides and runs.
    pub(crate) async fn back_up(&self) -> Result<RunSummary, RunError<BackupError>> {
        let plan = plan(&self.facts().await, &self.options).unwrap();
        let mut journal = Journal::open(&self.journal(), &Fingerprint::new()).unwrap();
        run(&plan, &mut BackupExecutor, &mut journal, &Silent, &Stop::new()).await
    }

    /// Backs up and gives the one backup that there is, verified.
    pub(crate) async fn backup(&self) -> Backup {
        self.back_up().await.unwrap();
        let backup = Backup::latest(&self.root()).unwrap().unwrap();
        assert_eq!(backup.verify().unwrap().faults, []);
        backup
    }

    /// Undoes everything that the journal knows, last first.
    pub(crate) async fn undo_all(&self) {
        let journal = Journal::open(&self.journal(), &Fingerprint::new()).unwrap();
        for record in journal.state().changes.iter().rev().filter(|record| record.section == SECTION) {
            let change = serde_json::from_value(record.change.clone()).unwrap();
            let outcome = record.outcome.clone().unwrap_or_else(|| Outcome::line(""));
            autobot_plan::Executor::undo(&mut BackupExecutor, &change, &outcome).await.unwrap();
        }
    }
}

/// Writes a file with its folders and its mode.
pub(crate) fn write(path: &Path, content: &[u8], mode: u32) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    let _ = mode;
}

/// What is at a path: bytes of a file, target of a link, nothing of a folder; and the mode.
pub(crate) type Found = (Option<Vec<u8>>, u32);

/// Everything below a folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Found> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let content = if metadata.is_symlink() {
                Some(fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes())
            } else if metadata.is_dir() {
                open.push(path.clone());
                None
            } else if metadata.is_file() {
                Some(fs::read(&path).unwrap())
            } else {
                Some(b"special".to_vec())
            };
            #[cfg(unix)]
            let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777;
            #[cfg(not(unix))]
            let mode = 0;
            found.insert(path.strip_prefix(folder).unwrap().to_owned(), (content, mode));
        }
    }
    found
}
