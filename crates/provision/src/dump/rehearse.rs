//! Restoring a backup to see that it can be.

use autobot_db::{Name, Target, TargetUrl, execute};
use autobot_plan::{Scope, Timestamp};

use super::{Backup, Manifest, Onto, RestoreOptions, Restored, Via, restore};
use crate::Result;

/// Restores a backup into a new database, counts its tables there, and drops the database again; the backup's manifest
/// then says that it could be restored.
///
/// `admin` is the login of a role that may create databases.
pub async fn rehearse(
    backup: &Backup,
    admin: &TargetUrl,
    database: &Name,
    via: Via,
    scope: &Scope<'_>,
) -> Result<Restored> {
    let quoted = database.quoted();
    let mut session = Target::new(admin.clone()).connect().await?;
    let create = format!("create database {quoted} template template0 encoding 'UTF8'");
    execute(&mut session, "create a database to restore into", create).await?;
    let target = TargetUrl { database: database.to_string(), schema: "public".to_owned(), ..admin.clone() };
    let options = RestoreOptions { target, via, from: backup.path.clone(), onto: Onto::Empty };
    let restored = restore(&options, scope).await;
    execute(&mut session, "drop the database that was restored into", format!("drop database {quoted}")).await?;
    let restored = restored?;
    if let Some(manifest) = &backup.manifest {
        Manifest { restored_at: Some(Timestamp::now()), ..manifest.clone() }.write(&backup.path)?;
    }
    Ok(restored)
}
