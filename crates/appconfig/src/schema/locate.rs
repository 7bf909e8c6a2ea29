use std::fs;
use std::path::{Path, PathBuf};

use autobot_plan::files::FileError;
use serde_json::Value;

use super::config::ConfigFile;
use crate::{AppPath, Error, Places, disk};

/// How the schema was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The settings name it.
    Settings,
    /// `prisma.config.*` names it.
    Config,
    /// `package.json` names it (`"prisma": { "schema": … }`).
    PackageJson,
    /// It is where Prisma looks: `prisma/schema.prisma`, then `schema.prisma`.
    Default,
}

/// A schema: one file, or a folder of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaPlace {
    /// The file or folder that Prisma is given.
    pub root: AppPath,
    /// The schema's files, in the order of their names.
    pub files: Vec<AppPath>,
    /// How it was found.
    pub found_by: FoundBy,
}

impl SchemaPlace {
    /// The folder in which `migrations` lies: beside the schema file, or in the schema's folder.
    pub fn folder(&self) -> &Path {
        if self.root.path.is_dir() { &self.root.path } else { autobot_plan::files::parent(&self.root.path) }
    }
}

/// Finds the schema in the order in which Prisma's CLI does.
pub(crate) fn locate(places: &Places, config: Option<&ConfigFile>) -> Result<SchemaPlace, Error> {
    let server = &places.server_dir;
    let in_package = package_schema(server)?;
    let named = [
        (places.schema.clone(), FoundBy::Settings),
        (config.and_then(|config| config.schema.clone()), FoundBy::Config),
        (in_package, FoundBy::PackageJson),
    ];
    for (path, found_by) in named {
        if let Some(path) = path {
            return place(places, &server.join(path), found_by);
        }
    }
    let usual = ["prisma/schema.prisma", "schema.prisma", "prisma/schema"];
    let found = usual.iter().map(|path| server.join(path)).find(|path| path.exists());
    place(places, &found.unwrap_or_else(|| server.join(usual[0])), FoundBy::Default)
}

fn place(places: &Places, path: &Path, found_by: FoundBy) -> Result<SchemaPlace, Error> {
    let files = if path.is_dir() { schema_files(path)? } else { vec![path.to_owned()] };
    if files.is_empty() || !files.iter().all(|file| file.is_file()) {
        return Err(Error::SchemaMissing { path: path.to_owned() });
    }
    let named = |path: &PathBuf| AppPath::new(&places.app_dir, path);
    Ok(SchemaPlace { root: named(&path.to_owned()), files: files.iter().map(named).collect(), found_by })
}

/// All `*.prisma` files of a folder and the folders in it, but not of `migrations` or `node_modules`.
fn schema_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).map_err(FileError::new("list", &folder))? {
            let path = entry.map_err(FileError::new("list", &folder))?.path();
            let skipped = path.file_name().is_some_and(|name| name == "migrations" || name == "node_modules");
            if path.is_dir() && !skipped {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "prisma") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn package_schema(server_dir: &Path) -> Result<Option<PathBuf>, Error> {
    let Some(text) = disk::read_text(&server_dir.join("package.json"))? else { return Ok(None) };
    // A package.json that npm could not read either does not name a schema.
    let package: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    Ok(package["prisma"]["schema"].as_str().map(PathBuf::from))
}
