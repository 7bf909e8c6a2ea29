//! How far each change already is.

use std::path::Path;

use autobot_cluster::{Cluster, State};
use autobot_plan::Standing;

use super::Provisioner;
use crate::compose::{Readiness, Runner, Service};
use crate::facts::{self, answers, same_role};
use crate::inspect::inspect;
use crate::{Proof, Provider, Result, admin, embedded};

impl Provisioner {
    pub(super) fn probe_download(&self) -> Result<Standing> {
        match &self.options.provider {
            Provider::Embedded(embedded) => Ok(so(embedded::programs(embedded)?.is_some())),
            _ => Ok(Standing::AlreadySo),
        }
    }

    pub(super) fn probe_server(&self) -> Result<Standing> {
        match &self.options.provider {
            Provider::Embedded(embedded) if Cluster::is_initialized(&embedded.dir) => {
                let cluster = crate::embedded_cluster(embedded)?;
                Ok(so(matches!(cluster.state(), State::Running { .. })))
            }
            _ => Ok(Standing::ToDo),
        }
    }

    pub(super) async fn probe_service(&self) -> Result<Standing> {
        let Provider::Docker(docker) = &self.options.provider else { return Ok(Standing::AlreadySo) };
        let service = Service::find(docker)?;
        let runner = Runner::find(docker, &service).await?;
        let ready = runner.readiness().await? == Readiness::Ready;
        Ok(so(ready && answers(&service.admin()).await?))
    }

    pub(super) async fn probe_role(&self) -> Result<Standing> {
        let admin_url = self.admin()?;
        let mut connection = admin::connect(&admin_url).await?;
        let standing = facts::role(&self.options, &mut connection, &admin_url, self.known()?.as_ref()).await?;
        Ok(standing.unwrap_or(Standing::AlreadySo))
    }

    pub(super) async fn probe_database(&self) -> Result<Standing> {
        let mut connection = admin::connect(&self.admin()?).await?;
        facts::database(&self.options, &mut connection).await
    }

    pub(super) async fn probe_rights(&self) -> Result<Standing> {
        facts::rights(&self.options, &self.admin()?).await
    }

    /// The credentials are so when the file holds this target, and a login with it passes every check.
    pub(super) async fn probe_credentials(&self) -> Result<Standing> {
        let target = self.target()?;
        let Some(known) = self.known()? else { return Ok(Standing::ToDo) };
        if known.target != target || known.proof != Proof::Proved {
            return Ok(if same_role(&known.target, &target) { Standing::PartDone } else { Standing::ToDo });
        }
        inspect(&target).await?.check(self.options.expect)?;
        Ok(Standing::AlreadySo)
    }
}

/// A directory without a whole cluster that is there nevertheless was left by an attempt that was cut short.
pub(super) fn cluster(dir: &Path) -> Standing {
    if Cluster::is_initialized(dir) {
        Standing::AlreadySo
    } else if dir.join("cluster.json").exists() {
        Standing::PartDone
    } else {
        Standing::ToDo
    }
}

fn so(is_so: bool) -> Standing {
    if is_so { Standing::AlreadySo } else { Standing::ToDo }
}
