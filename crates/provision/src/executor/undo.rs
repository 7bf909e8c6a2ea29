//! Taking each change back, without ever deleting a row.

use std::io::ErrorKind;
use std::path::Path;

use autobot_db::{Name, SchemaName};
use autobot_plan::Outcome;
use autobot_plan::files::FileError;

use super::{Provisioner, blocking};
use crate::admin::{self, Grant};
use crate::compose::{Runner, Service};
use crate::{Error, Provider, Result, embedded, inspect};

impl Provisioner {
    pub(super) async fn stop_server(&self) -> Result<()> {
        let embedded = self.embedded()?;
        blocking(move || {
            let mut cluster = crate::embedded_cluster(&embedded)?;
            cluster.stop().map_err(embedded::failed("stop", &embedded))?;
            Ok(())
        })
        .await
    }

    /// A container that was there before is left as it is.
    pub(super) async fn stop_service(&self, outcome: &Outcome) -> Result<()> {
        match &self.options.provider {
            Provider::Docker(docker) if outcome.facts["was_there"] == false => {
                Runner::find(docker, &Service::find(docker)?).await?.stop().await
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn drop_role(&self, role: &Name, outcome: &Outcome) -> Result<()> {
        if outcome.facts["created"] != true {
            return Ok(());
        }
        let mut connection = admin::connect(&self.admin()?).await?;
        admin::drop_role(&mut connection, role).await
    }

    pub(super) async fn drop_database(&self, database: &Name, outcome: &Outcome) -> Result<()> {
        if outcome.facts["created"] != true {
            return Ok(());
        }
        let admin_url = self.admin()?;
        let mut connection = admin::connect(&admin_url).await?;
        if admin::database(&mut connection, database).await?.is_none() {
            return Ok(());
        }
        let mut inside = admin::connect(&admin_url.with_database(database.as_str())).await?;
        if let Some(table) = inspect::contents(&mut inside, &self.options.schema).await?.with_rows.first() {
            return Err(Error::Kept { database: database.to_string(), table: table.to_string() });
        }
        drop(inside);
        admin::drop_database(&mut connection, database).await
    }

    pub(super) async fn revoke_rights(
        &self,
        database: &Name,
        schema: &SchemaName,
        role: &Name,
        outcome: &Outcome,
    ) -> Result<()> {
        let granted: Vec<Grant> = serde_json::from_value(outcome.facts["granted"].clone()).unwrap_or_default();
        let admin_url = self.admin()?;
        let mut connection = admin::connect(&admin_url).await?;
        if granted.is_empty() || admin::database(&mut connection, database).await?.is_none() {
            return Ok(());
        }
        let mut inside = admin::connect(&admin_url.with_database(database.as_str())).await?;
        for right in granted {
            admin::revoke(&mut inside, right, role, database, schema).await?;
        }
        Ok(())
    }
}

pub(super) fn remove(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(FileError::new("remove", file)(error).into()),
        _ => Ok(()),
    }
}
