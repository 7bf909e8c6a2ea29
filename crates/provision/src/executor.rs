//! Doing: the only writer of phase 2.

mod apply;
mod probe;
mod undo;

use autobot_db::TargetUrl;
use autobot_plan::{Executor, Outcome, Scope, Standing};

use crate::compose::Service;
use crate::facts::target_of;
use crate::{Change, Error, Options, Provider, Result, Stored, embedded, stored};

/// Carries out phase 2's changes.
#[derive(Debug)]
pub struct Provisioner {
    options: Options,
}

impl Provisioner {
    /// An executor for a plan that was made with the same options.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// The administrator's login; only to be asked for once the server was started.
    fn admin(&self) -> Result<TargetUrl> {
        match &self.options.provider {
            Provider::Embedded(embedded) => {
                let cluster = crate::embedded_cluster(embedded)?;
                let not_started = || autobot_cluster::Error::NotInitialized { dir: embedded.dir.clone() };
                embedded::admin(&cluster).ok_or_else(|| embedded::failed("reach", embedded)(not_started()))
            }
            Provider::Local(local) => Ok(local.admin.clone()),
            Provider::Docker(docker) => Ok(Service::find(docker)?.admin()),
            Provider::Existing(existing) => Ok(existing.target.clone()),
        }
    }

    fn known(&self) -> Result<Option<Stored>> {
        stored(&self.options.credentials_file)
    }

    /// The application's target, with its password where that is known by now.
    fn target(&self) -> Result<TargetUrl> {
        if let Provider::Existing(existing) = &self.options.provider {
            return Ok(existing.target.clone());
        }
        Ok(target_of(&self.options, &self.admin()?, self.known()?.as_ref()))
    }

    /// The target as a container beside the server's sees it.
    fn inside_container(&self, target: &TargetUrl) -> Result<Option<TargetUrl>> {
        match &self.options.provider {
            Provider::Docker(docker) => Ok(Some(Service::find(docker)?.inside(target))),
            _ => Ok(None),
        }
    }
}

impl Executor<Change> for Provisioner {
    type Error = Error;

    async fn probe(&mut self, change: &Change) -> Result<Standing> {
        match change {
            Change::Download { .. } => self.probe_download(),
            Change::MakeCluster { dir } => Ok(probe::cluster(dir)),
            Change::StartServer { .. } => self.probe_server(),
            Change::StartService { .. } => self.probe_service().await,
            Change::CreateRole { .. } => self.probe_role().await,
            Change::CreateDatabase { .. } => self.probe_database().await,
            Change::GrantRights { .. } => self.probe_rights().await,
            Change::StoreCredentials { .. } => self.probe_credentials().await,
        }
    }

    async fn apply(&mut self, change: &Change, scope: &Scope<'_>) -> Result<Outcome> {
        match change {
            Change::Download { dir } => self.download(dir, scope).await,
            Change::MakeCluster { .. } => self.make_cluster().await,
            Change::StartServer { .. } => self.start_server().await,
            Change::StartService { service, .. } => self.start_service(service, scope).await,
            Change::CreateRole { role } => self.create_role(role).await,
            Change::CreateDatabase { database, owner } => self.create_database(database, owner).await,
            Change::GrantRights { database, schema, role } => self.grant_rights(database, schema, role).await,
            Change::StoreCredentials { .. } => self.store_credentials(scope).await,
        }
    }

    /// Keeps whatever may hold data: a database with rows is refused, a server's directory stays.
    async fn undo(&mut self, change: &Change, outcome: &Outcome) -> Result<()> {
        match change {
            // Programs and an empty server are no harm; removing a data directory is the operator's decision.
            Change::Download { .. } | Change::MakeCluster { .. } => Ok(()),
            Change::StartServer { .. } => self.stop_server().await,
            Change::StartService { .. } => self.stop_service(outcome).await,
            Change::CreateRole { role } => self.drop_role(role, outcome).await,
            Change::CreateDatabase { database, .. } => self.drop_database(database, outcome).await,
            Change::GrantRights { database, schema, role } => self.revoke_rights(database, schema, role, outcome).await,
            Change::StoreCredentials { file, .. } => undo::remove(file),
        }
    }
}

/// Runs what blocks (starting a server takes seconds) off the runtime's threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
