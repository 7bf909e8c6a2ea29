use std::path::{Path, PathBuf};

use autobot_plan::Standing;

use super::client::ClientFacts;
use super::migrations::MigrationsFacts;
use crate::{AppPath, Moved, Places, disk, relocate};

/// How far something that can be moved aside is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveFacts {
    /// What it is.
    pub what: Moved,
    /// Where the application has it.
    pub from: AppPath,
    /// Where the backup has it, or would.
    pub to: PathBuf,
    /// True when the backup has it.
    pub is_moved: bool,
    /// How far the move is.
    pub standing: Standing,
}

pub(super) fn gather(places: &Places, migrations: &MigrationsFacts, client: &ClientFacts) -> Vec<MoveFacts> {
    // A package that was moved is not found any more, and is looked for where npm puts it.
    let usual_package = places.named("node_modules/@prisma/client");
    let package = client.package.clone().unwrap_or(usual_package);
    let mut all = vec![(Moved::Migrations, &migrations.folder), (Moved::ClientPackage, &package)];
    all.extend(client.generated.iter().map(|folder| (Moved::GeneratedClient, folder)));
    let facts = all.into_iter().map(|(what, from)| {
        let to = moved_to(&places.backup_dir, &from.shown);
        let standing = relocate::standing(&from.path, &to);
        MoveFacts { what, is_moved: disk::is_there(&to), from: from.clone(), to, standing }
    });
    facts.collect()
}

/// Where something that is moved aside comes to lie: its path as shown, below `moved`.
pub(crate) fn moved_to(backup_dir: &Path, shown: &str) -> PathBuf {
    let parts = shown.split('/').filter(|part| !part.is_empty() && *part != ".." && !part.ends_with(':'));
    parts.fold(backup_dir.join("moved"), |path, part| path.join(part))
}
