use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use autobot_prisma::{Generator, Schema, Setting};
use regex::Regex;
use serde_json::Value;

use crate::schema::SchemaPlace;
use crate::{AppPath, Error, Places, disk};

static PROVIDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:"activeProvider"|activeProvider)\s*:\s*"(\w+)""#)
        .expect("the pattern is a constant that every test compiles")
});

/// Files of a generated client that name the provider it was generated for, by version and kind of generator.
const TELLING_FILES: &[&str] =
    &["client/index.js", "index.js", "internal/class.ts", "internal/class.js", "client.js", "client.ts"];

/// The installed Prisma and the clients that it generates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFacts {
    /// Version of the installed `prisma` package; none when it is not installed.
    pub prisma_version: Option<String>,
    /// Folders that the schema's generators write into, whether they are there or not.
    pub generated: Vec<AppPath>,
    /// The installed package `@prisma/client`.
    pub package: Option<AppPath>,
    /// SQLite driver adapters that the application depends on.
    pub sqlite_adapters: Vec<String>,
    /// True when it depends on the adapter for PostgreSQL.
    pub has_pg_adapter: bool,
    /// What the clients that are there were generated for: folder and provider.
    pub providers: Vec<(AppPath, Option<String>)>,
}

impl ClientFacts {
    /// True when something is in a folder that clients are generated into.
    pub fn is_there(&self, folder: &AppPath) -> bool {
        self.providers.iter().any(|(known, _)| known == folder)
    }

    /// True when the client in a folder is PostgreSQL's.
    pub fn is_postgres_client(&self, folder: &AppPath) -> bool {
        let found = self.providers.iter().find(|(known, _)| known == folder);
        found.is_some_and(|(_, provider)| provider.as_deref() == Some("postgresql"))
    }

    /// True when every client is.
    pub fn is_for_postgres(&self) -> bool {
        !self.generated.is_empty() && self.generated.iter().all(|folder| self.is_postgres_client(folder))
    }
}

/// The provider that the client in a folder was generated for; none when there is no client.
pub(crate) fn activated_provider(folder: &Path) -> Result<Option<String>, Error> {
    for name in TELLING_FILES {
        let path = folder.join(name);
        if !path.is_file() {
            continue;
        }
        if let Some(found) = disk::read(&path)?
            .and_then(|bytes| PROVIDER.captures(&String::from_utf8_lossy(&bytes)).map(|found| found[1].to_owned()))
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

pub(super) fn gather(places: &Places, place: &SchemaPlace, schema: &Schema) -> Result<ClientFacts, Error> {
    let modules = |below: &str| in_modules(places, below);
    let prisma = modules("prisma/package.json");
    let package = modules("@prisma/client/package.json").map(|file| places.named(autobot_plan::files::parent(&file)));
    let dependencies = dependencies(places)?;
    let adapters = ["@prisma/adapter-libsql", "@prisma/adapter-better-sqlite3", "@prisma/adapter-d1"];
    let outputs = schema.generators().iter().filter_map(|one| output(places, place, one, package.as_ref()));
    let generated: Vec<AppPath> = outputs.collect();
    let mut providers = Vec::new();
    for folder in generated.iter().filter(|folder| folder.path.is_dir()) {
        providers.push((folder.clone(), activated_provider(&folder.path)?));
    }
    let is_used = |name: &&str| dependencies.iter().any(|used| used == name);
    Ok(ClientFacts {
        providers,
        prisma_version: prisma.map(|file| version(&file)).transpose()?,
        generated,
        package,
        sqlite_adapters: adapters.into_iter().filter(is_used).map(str::to_owned).collect(),
        has_pg_adapter: is_used(&"@prisma/adapter-pg"),
    })
}

/// The nearest `node_modules/<below>`, from the server's folder up to the checkout's.
fn in_modules(places: &Places, below: &str) -> Option<PathBuf> {
    let folders = places.server_dir.ancestors().take_while(|folder| folder.starts_with(&places.app_dir));
    folders.map(|folder| folder.join("node_modules").join(below)).find(|path| path.exists())
}

fn version(package_json: &Path) -> Result<String, Error> {
    let text = disk::read_text(package_json)?.unwrap_or_default();
    let package: Value = serde_json::from_str(&text).unwrap_or_default();
    Ok(package["version"].as_str().unwrap_or("unknown").to_owned())
}

/// Where a generator writes: its `output`, or `.prisma` in the `node_modules` that holds `@prisma/client`.
fn output(places: &Places, place: &SchemaPlace, one: &Generator, package: Option<&AppPath>) -> Option<AppPath> {
    let provider = one.provider.as_ref().and_then(Setting::literal)?;
    if !provider.starts_with("prisma-client") {
        return None;
    }
    if let Some(output) = &one.output {
        let file = place.files.iter().find(|file| file.shown == one.at.file)?;
        return Some(places.named(normal(&autobot_plan::files::parent(&file.path).join(output.literal()?))));
    }
    let modules = package.and_then(|package| package.path.ancestors().nth(2));
    Some(places.named(modules.map_or_else(|| places.server_dir.join("node_modules"), Path::to_owned).join(".prisma")))
}

/// `a/../b` as `b`, without asking the disk.
fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn dependencies(places: &Places) -> Result<Vec<String>, Error> {
    let text = disk::read_text(&places.server_dir.join("package.json"))?.unwrap_or_default();
    let package: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let lists = ["dependencies", "devDependencies"].iter().filter_map(|list| package[list].as_object());
    Ok(lists.flat_map(|list| list.keys().cloned()).collect())
}
