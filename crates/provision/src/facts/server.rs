//! Whether the provider's server is there and runs.

use autobot_cluster::{Cluster, State};
use autobot_db::{Target, TargetError, TargetUrl};

use super::ServerFacts;
use crate::compose::{Readiness, Runner, Service};
use crate::{Docker, Embedded, Options, Provider, Result, embedded};

/// The server, its administrator's login where that is known, and whether it takes connections.
pub(super) async fn look(options: &Options) -> Result<(ServerFacts, Option<TargetUrl>, bool)> {
    match &options.provider {
        Provider::Embedded(embedded) => look_embedded(embedded),
        Provider::Local(local) => Ok((ServerFacts::Local, Some(local.admin.clone()), true)),
        Provider::Docker(docker) => look_docker(docker).await,
        Provider::Existing(existing) => Ok((ServerFacts::Existing, Some(existing.target.clone()), true)),
    }
}

fn look_embedded(embedded: &Embedded) -> Result<(ServerFacts, Option<TargetUrl>, bool)> {
    let use_dir = || embedded::failed("use the directory of", embedded);
    let closed = Cluster::check_dir(&embedded.dir).map_err(use_dir())?;
    let account = Cluster::account_for(&embedded.dir).map_err(use_dir())?;
    let programs = embedded::programs(embedded)?;
    let version = programs.as_ref().map(|programs| programs.version().to_string());
    let cluster = match programs {
        Some(programs) if Cluster::is_initialized(&embedded.dir) => {
            Some(Cluster::open(&embedded.dir, programs).map_err(embedded::failed("open", embedded))?)
        }
        _ => None,
    };
    let running = cluster.as_ref().is_some_and(|cluster| matches!(cluster.state(), State::Running { .. }));
    let facts = ServerFacts::Embedded { programs: version, made: cluster.is_some(), running, account, closed };
    Ok((facts, cluster.as_ref().and_then(embedded::admin), running))
}

async fn look_docker(docker: &Docker) -> Result<(ServerFacts, Option<TargetUrl>, bool)> {
    let service = Service::find(docker)?;
    let runner = Runner::find(docker, &service).await?;
    let admin = service.admin();
    let running = runner.readiness().await? == Readiness::Ready && answers(&admin).await?;
    Ok((ServerFacts::Docker { service, running }, Some(admin), running))
}

/// Whether PostgreSQL answers behind the published port; a refused login is an answer, and an error.
pub(crate) async fn answers(admin: &TargetUrl) -> Result<bool> {
    match Target::new(admin.clone()).connect().await {
        Ok(_) => Ok(true),
        // The port forwarder of Docker answers before PostgreSQL does; `57P03` is a server on its way up.
        Err(TargetError::NoServer { .. } | TargetError::Connect { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
