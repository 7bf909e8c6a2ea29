use std::fmt;
use std::fs;

use autobot_db::TargetUrl;
use autobot_plan::files::FileError;

use crate::env::{assignments, effective, line_of};
use crate::schema::SchemaPlace;
use crate::{AppPath, Error, Places, disk};

/// A `.env` file. `Debug` shows its name and size only.
#[derive(Clone, PartialEq, Eq)]
pub struct EnvFile {
    /// The file.
    pub file: AppPath,
    pub(crate) bytes: Vec<u8>,
}

/// Another `.env` file that sets the database's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEnv {
    /// The file.
    pub file: AppPath,
    /// True when Prisma's CLI reads it too (it lies beside the schema) and stops at two different values.
    pub beside_schema: bool,
}

impl EnvFile {
    /// Lines (from 1) that set `key`; the last one is what the application gets.
    pub fn lines_of(&self, key: &str) -> Vec<usize> {
        let all = assignments(&self.bytes);
        all.iter().filter(|one| one.key == key).map(|one| line_of(&self.bytes, one.statement.start)).collect()
    }

    /// The PostgreSQL URL that `key` has now, as the application gets it; none when it is something else.
    pub fn target_of(&self, key: &str) -> Option<TargetUrl> {
        let value = effective(&assignments(&self.bytes), key)?.value.clone();
        String::from_utf8(value).ok()?.parse().ok()
    }

    /// The scheme of the URL that `key` has now (`file`, `postgresql`).
    pub fn scheme_of(&self, key: &str) -> Option<String> {
        let all = assignments(&self.bytes);
        let value = String::from_utf8_lossy(&effective(&all, key)?.value).into_owned();
        value.split_once(':').map(|(scheme, _)| scheme.to_owned())
    }
}

impl fmt::Debug for EnvFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnvFile({}, {} bytes)", self.file, self.bytes.len())
    }
}

pub(super) fn read(places: &Places, path: &std::path::Path) -> Result<Option<EnvFile>, Error> {
    let file = places.named(path);
    Ok(disk::read(&file.path)?.map(|bytes| EnvFile { file, bytes }))
}

/// `.env.local`, `.env.production` and the like beside the `.env` file, and `.env` beside the schema.
pub(super) fn others(places: &Places, schema: &SchemaPlace, key: &str) -> Result<Vec<OtherEnv>, Error> {
    let own = places.named(&places.env).path;
    let folder = autobot_plan::files::parent(&own);
    let mut names = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder).map_err(FileError::new("list", folder))? {
            let name = entry.map_err(FileError::new("list", folder))?.file_name();
            let text = name.to_string_lossy().into_owned();
            let sample = ["example", "sample", "template", "dist"].iter().any(|word| text.contains(word));
            let copy = [".bak", ".backup", ".after-migration", "~"].iter().any(|end| text.contains(end));
            if text.starts_with(".env.") && !sample && !copy {
                names.push(folder.join(name));
            }
        }
    }
    names.sort();
    let beside_schema = schema.folder().join(".env");
    names.push(beside_schema.clone());
    let mut others = Vec::new();
    for path in names.into_iter().filter(|path| *path != own && path.is_file()) {
        let bytes = disk::read(&path)?.unwrap_or_default();
        if effective(&assignments(&bytes), key).is_some() {
            others.push(OtherEnv { beside_schema: path == beside_schema, file: places.named(&path) });
        }
    }
    Ok(others)
}
