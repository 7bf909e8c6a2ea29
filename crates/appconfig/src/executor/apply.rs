use std::path::Path;
use std::str::FromStr;

use autobot_db::{InvalidUrl, TargetUrl};
use autobot_plan::{Outcome, Standing};
use serde_json::json;

use super::AppFiles;
use crate::env::set;
use crate::facts::activated_provider;
use crate::plans::{example_text, refused, wanted};
use crate::schema::{SchemaEdits, parse};
use crate::{AppPath, Change, Error, archive, disk, readme, relocate};

/// Secrets are for the owner's eyes.
const PRIVATE: u32 = 0o600;
/// Everything else is for everyone's.
const PLAIN: u32 = 0o644;
/// A script.
const PROGRAM: u32 = 0o755;

/// What a change makes of one file.
struct Target<'a> {
    file: &'a AppPath,
    content: Vec<u8>,
    mode_if_new: u32,
}

impl AppFiles {
    /// How far the world is, without writing.
    pub(super) fn look(&self, change: &Change) -> Result<Standing, Error> {
        if let Some(target) = self.target(change)? {
            let is_so = disk::read(&target.file.path)?.as_deref() == Some(&target.content);
            return Ok(if is_so { Standing::AlreadySo } else { Standing::ToDo });
        }
        match change {
            Change::MoveAside { from, to, .. } => Ok(relocate::standing(&from.path, to)),
            Change::ArchiveDatabase { from, to, how } => Ok(archive::standing(&from.path, &to.path, *how)),
            Change::GenerateClient { generated, .. } => generated_standing(generated),
            _ => Ok(Standing::ToDo),
        }
    }

    /// Makes it so; safe to be killed at any moment and called again.
    pub(super) fn make_so(&self, change: &Change) -> Result<Outcome, Error> {
        if let Some(Target { file, content, mode_if_new }) = self.target(change)? {
            self.originals.change(&file.path, &content, mode_if_new)?;
            let facts = json!({ "sha256": disk::hash(&content), "bytes": content.len() });
            return Ok(Outcome::with_facts(summary(change, file), facts));
        }
        match change {
            Change::MoveAside { from, to, .. } => {
                relocate::to_backup(&from.path, to)?;
                Ok(Outcome::with_facts(format!("{from} is in the run's backup"), json!({ "to": to })))
            }
            Change::ArchiveDatabase { from, to, how } => {
                let sha256 = archive::archive(&from.path, &to.path, *how)?;
                Ok(Outcome::with_facts(format!("{from} is archived as {to}"), json!({ "sha256": sha256 })))
            }
            _ => Ok(Outcome::line("nothing to do")),
        }
    }

    /// For a change that writes one file: what it is to be.
    fn target<'a>(&self, change: &'a Change) -> Result<Option<Target<'a>>, Error> {
        let (file, content, mode_if_new) = match change {
            Change::SetDatabaseUrl { file, key, .. } => (file, self.env(file, key)?, PRIVATE),
            Change::WriteEnvExample { file, env, key, url, .. } => (file, example(file, env, key, url)?, PLAIN),
            Change::EditSchema { file, files, edits, .. } => (file, schema(file, files, edits)?, PLAIN),
            Change::WriteFile { file, text, executable, .. } => {
                (file, text.clone().into_bytes(), if *executable { PROGRAM } else { PLAIN })
            }
            Change::WriteSection { file, section, .. } => (file, with_section(&file.path, section)?, PLAIN),
            Change::MoveAside { .. } | Change::GenerateClient { .. } | Change::ArchiveDatabase { .. } => {
                return Ok(None);
            }
        };
        Ok(Some(Target { file, content, mode_if_new }))
    }

    fn env(&self, file: &AppPath, key: &str) -> Result<Vec<u8>, Error> {
        let url = self.url.as_ref().ok_or_else(|| Error::NoUrl { path: file.path.clone() })?;
        let before = disk::read(&file.path)?.unwrap_or_default();
        set(&before, &wanted(key, &url.expose(), &self.commented)).map_err(|why| refused(why, file, key))
    }
}

pub(super) fn generated_standing(generated: &[AppPath]) -> Result<Standing, Error> {
    for folder in generated {
        if activated_provider(&folder.path)?.as_deref() != Some("postgresql") {
            return Ok(Standing::ToDo);
        }
    }
    Ok(if generated.is_empty() { Standing::ToDo } else { Standing::AlreadySo })
}

fn example(file: &AppPath, env: &AppPath, key: &str, url: &str) -> Result<Vec<u8>, Error> {
    let url = TargetUrl::from_str(url).map_err(|_: InvalidUrl| Error::NoUrl { path: file.path.clone() })?;
    let existing = disk::read(&file.path)?;
    let env = disk::read(&env.path)?.unwrap_or_default();
    example_text(existing.as_deref(), &env, key, &url).map_err(|why| refused(why, file, key))
}

fn schema(file: &AppPath, files: &[AppPath], edits: &SchemaEdits) -> Result<Vec<u8>, Error> {
    let edited = edits.applied(&parse(files)?)?;
    let own = files.iter().zip(edited.files()).find(|(known, _)| *known == file);
    own.map(|(_, text)| text.text.clone().into_bytes()).ok_or_else(|| Error::SchemaMissing { path: file.path.clone() })
}

fn with_section(path: &Path, section: &str) -> Result<Vec<u8>, Error> {
    let before = disk::read_text(path)?.unwrap_or_default();
    let after = readme::with_section(&before, section).ok_or_else(|| Error::Markers { path: path.to_owned() })?;
    Ok(after.into_bytes())
}

fn summary(change: &Change, file: &AppPath) -> String {
    match change {
        Change::SetDatabaseUrl { key, url, .. } => format!("{key} in {file} is {url}"),
        Change::EditSchema { .. } => format!("{file} is for PostgreSQL"),
        Change::WriteSection { .. } => format!("{file} has its PostgreSQL section"),
        _ => format!("{file} is written"),
    }
}
