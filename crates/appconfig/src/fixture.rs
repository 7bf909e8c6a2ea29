//! A small AutoBOT checkout for the tests of this crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use autobot_db::TargetUrl;
use autobot_plan::files;

use crate::{
    ArchiveBy, ArchiveOptions, ClientOptions, ConfigureOptions, Facts, FinishOptions, GenerateClient, GivenFile,
    Migration, MigrationOptions, OnFailure, Places, SchemaEdits, plan_indexes,
};

pub(crate) const ENV: &str = "PORT=3000\n\n# OpenAI\nOPENAI_API_KEY=sk-proj-abcdefghijkl\n\n# Database\n\
    DATABASE_URL=\"file:./dev.db\"\n\n# JWT Secret\nJWT_SECRET=super_secret_jwt_key\n";

pub(crate) const SCHEMA: &str = "// provider = \"sqlite\"\ngenerator client {\n  provider = \"prisma-client-js\"\n}\n\n\
    datasource db {\n  provider = \"sqlite\" // provider = \"sqlite\"\n  url      = env(\"DATABASE_URL\")\n}\n\n\
    model Client {\n  id        String   @id\n  updatedAt DateTime @updatedAt\n}\n\n\
    model Message {\n  id        Int      @id @default(autoincrement())\n  timestamp DateTime @default(now())\n  \
    status    String   @default(\"SENT\")\n  size      Int\n\n  @@index([status])\n}\n";

/// The password that must not be seen.
pub(crate) const PASSWORD: &str = "n0t#to:be/seen";

pub(crate) struct App {
    folder: tempfile::TempDir,
    pub(crate) places: Places,
}

impl App {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("app");
        let mut places = Places::of_plan(&root, &folder.path().join("run"));
        places.written = vec![root.join("backup_postgres.sh"), root.join("server/prisma/postgresql.conf")];
        let app = Self { folder, places };
        app.write("server/.env", ENV);
        app.write("server/package.json", "{ \"dependencies\": {} }");
        app.write("server/prisma/schema.prisma", SCHEMA);
        app.write("server/prisma/migrations/20240101000000_init/migration.sql", "CREATE TABLE \"Client\" ();");
        app.write("server/prisma/migrations/migration_lock.toml", "provider = \"sqlite\"\n");
        app.write("server/prisma/dev.db", "SQLite format 3\0rows");
        app.write("server/prisma/dev.db-wal", "more rows");
        app.write("README.md", "# AutoBOT\r\n");
        app.write("server/node_modules/.prisma/client/index.js", "const config = { \"activeProvider\": \"sqlite\" }");
        app.write("server/node_modules/@prisma/client/package.json", "{ \"version\": \"6.19.3\" }");
        app.write("server/node_modules/prisma/package.json", "{ \"version\": \"6.19.3\" }");
        app
    }

    pub(crate) fn root(&self) -> &Path {
        &self.places.app_dir
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    pub(crate) fn backup_dir(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    pub(crate) fn facts(&self) -> Facts {
        Facts::gather(&self.places).unwrap()
    }

    /// Every file below the checkout, by hash.
    pub(crate) fn state(&self) -> BTreeMap<PathBuf, String> {
        state_of(self.root())
    }

    /// Every file below checkout and backup.
    pub(crate) fn whole_state(&self) -> BTreeMap<PathBuf, String> {
        state_of(self.folder.path())
    }
}

pub(crate) fn state_of(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut state = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                state.insert(path.clone(), "folder".to_owned());
                waiting.push(path);
            } else {
                let hash = files::sha256(&path).unwrap().1;
                state.insert(path, hash);
            }
        }
    }
    state
}

pub(crate) fn url() -> TargetUrl {
    let encoded = "n0t%23to%3Abe%2Fseen";
    TargetUrl::from_str(&format!("postgresql://autobot:{encoded}@localhost:5433/autobot")).unwrap()
}

pub(crate) fn configure_options() -> ConfigureOptions {
    let schema = SchemaEdits { indexes: plan_indexes(), field_changes: Vec::new() };
    ConfigureOptions { url: url(), commented: Vec::new(), env_example: true, schema }
}

pub(crate) fn migration_options() -> MigrationOptions {
    let sql = "CREATE TABLE \"Client\" (\"id\" TEXT NOT NULL);\n".to_owned();
    MigrationOptions {
        move_old: true,
        migration: Some(Migration { name: "20261124195308_init_postgresql".to_owned(), sql }),
    }
}

/// Generates by a script that writes what Prisma would.
pub(crate) fn client_options() -> ClientOptions {
    let client = "node_modules/.prisma/client";
    let script = format!(
        "mkdir -p {client} && echo '{{ \"activeProvider\": \"postgresql\" }}' > {client}/index.js && echo done"
    );
    ClientOptions {
        move_generated: true,
        move_package: true,
        generate: GenerateClient::Command {
            command: vec!["sh".to_owned(), "-c".to_owned(), script],
            timeout: Duration::from_secs(30),
            on_failure: OnFailure::Stop,
        },
    }
}

pub(crate) fn finish_options(app: &App, how: ArchiveBy) -> FinishOptions {
    let file = |path: &str, text: &str, executable| GivenFile {
        path: app.path(path),
        what: "the file".to_owned(),
        text: text.to_owned(),
        executable,
    };
    FinishOptions {
        files: vec![
            file("backup_postgres.sh", "#!/bin/sh\n", true),
            file("server/prisma/postgresql.conf", "work_mem = 16MB\n", false),
        ],
        readme_section: Some("## PostgreSQL\n\nText.\n".to_owned()),
        archive: Some(ArchiveOptions { how, stamp: "20261124_195308".to_owned() }),
    }
}
