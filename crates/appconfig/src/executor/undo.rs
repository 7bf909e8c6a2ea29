use std::path::{Path, PathBuf};

use super::AppFiles;
use crate::facts::{activated_provider, moved_to};
use crate::originals::{LATER_EDIT_ENDING, Restored};
use crate::{AppPath, ArchiveBy, Change, Error, Moved, archive, disk, relocate};

impl AppFiles {
    /// Takes a change back; idempotent.
    pub(super) fn take_back(&mut self, change: &Change) -> Result<(), Error> {
        match change {
            Change::SetDatabaseUrl { file, .. }
            | Change::WriteEnvExample { file, .. }
            | Change::EditSchema { file, .. }
            | Change::WriteFile { file, .. }
            | Change::WriteSection { file, .. } => self.restore(file),
            Change::MoveAside { from, to, what } => self.move_back(from, to, *what),
            Change::GenerateClient { generated, absent_before, .. } => {
                self.set_regenerated_aside(generated, absent_before)
            }
            Change::ArchiveDatabase { from, to, how } => self.unarchive(from, to, *how),
        }
    }

    fn restore(&mut self, file: &AppPath) -> Result<(), Error> {
        if let Restored::EditKept(kept) = self.originals.restore(&file.path)? {
            self.notices.push(format!("{file} had been edited since: that version is kept as {}", kept.display()));
        }
        Ok(())
    }

    /// Puts what was moved aside back. What stands in its place by now is kept: a folder of migrations beside it, a
    /// client, which can be generated again, in the run's backup.
    fn move_back(&mut self, from: &AppPath, to: &Path, what: Moved) -> Result<(), Error> {
        relocate::settle(&from.path, to)?;
        if disk::is_there(to) && disk::is_there(&from.path) {
            match what {
                Moved::Migrations => {
                    let beside = disk::free_name_beside(&from.path, LATER_EDIT_ENDING, |_| false);
                    relocate::back(&from.path, &beside)?;
                    let kept = beside.display();
                    self.notices.push(format!("{from} had been written to since: that version is kept as {kept}"));
                }
                Moved::GeneratedClient | Moved::ClientPackage => {
                    relocate::to_backup(&from.path, &self.regenerated(from))?;
                }
            }
        }
        relocate::back(to, &from.path)
    }

    /// A client that our run generated goes to the backup. Where one was overwritten, the operator is told to generate
    /// it again.
    fn set_regenerated_aside(&mut self, generated: &[AppPath], absent_before: &[AppPath]) -> Result<(), Error> {
        for folder in generated {
            if activated_provider(&folder.path)?.as_deref() != Some("postgresql") {
                continue;
            }
            let has_forerunner = disk::is_there(&moved_to(&self.backup_dir, &folder.shown));
            if absent_before.contains(folder) || has_forerunner {
                relocate::to_backup(&folder.path, &self.regenerated(folder))?;
            } else {
                let line = "run `npx prisma generate` once schema.prisma is restored";
                self.notices.push(format!("{folder} was overwritten by the client for PostgreSQL: {line}"));
            }
        }
        Ok(())
    }

    fn unarchive(&mut self, from: &AppPath, to: &AppPath, how: ArchiveBy) -> Result<(), Error> {
        if let Some(kept) = archive::unarchive(&from.path, &to.path, how)? {
            let kept = kept.display();
            self.notices.push(format!("{from} had come to be anew since: that file is kept as {kept}"));
        }
        Ok(())
    }

    fn regenerated(&self, folder: &AppPath) -> PathBuf {
        let name = folder.shown.replace(['/', ':'], "_");
        disk::free_name_beside(&self.backup_dir.join("regenerated").join(name), "", |_| false)
    }
}
