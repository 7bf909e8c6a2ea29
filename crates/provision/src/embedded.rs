//! The embedded provider: a cluster of autobot-cluster.

use autobot_cluster::{Auth, ClosedFolders, Cluster, ClusterOptions, Durability, Kind, Major, Programs, Search};
use autobot_db::{Secret, TargetUrl};

use crate::password;
use crate::{Embedded, Error, Result};

/// The superuser of an embedded server.
pub(crate) const SUPERUSER: &str = "postgres";

/// Opens the embedded server, running or not, for `autobot server`.
pub fn embedded_cluster(embedded: &Embedded) -> Result<Cluster> {
    let programs = programs(embedded)?.ok_or_else(|| not_found(embedded))?;
    Cluster::open(&embedded.dir, programs).map_err(failed("open", embedded))
}

/// Finds the programs: of the cluster's own version where one is there; none where none are installed.
pub(crate) fn programs(embedded: &Embedded) -> Result<Option<Programs>> {
    let major = if Cluster::is_initialized(&embedded.dir) {
        Major::Exactly(Cluster::major_of(&embedded.dir).map_err(failed("look at", embedded))?)
    } else {
        Major::Any
    };
    let search = Search {
        hint: embedded.programs.as_deref(),
        path_env: embedded.path_env.as_deref(),
        kind: Kind::Server,
        major,
    };
    match Programs::search(&search) {
        Ok(programs) => Ok(Some(programs)),
        Err(error) if embedded.programs.is_some() => Err(failed("find programs for", embedded)(error)),
        Err(_) => Ok(downloaded(embedded, major)),
    }
}

/// Makes the cluster, or opens the one that is there.
pub(crate) fn make(embedded: &Embedded) -> Result<Cluster> {
    let programs = programs(embedded)?.ok_or_else(|| not_found(embedded))?;
    let options = ClusterOptions {
        superuser: SUPERUSER.to_owned(),
        password: password::generate().expose().to_owned(),
        auth: Auth::Scram,
        port: embedded.port,
        socket_dir: None,
        durability: Durability::Safe,
        settings: embedded.settings.clone(),
        run_as: None,
        closed_folders: ClosedFolders::LetPass,
    };
    Cluster::init(&embedded.dir, programs, &options).map_err(failed("make", embedded))
}

/// The superuser's login; none before the first start.
pub(crate) fn admin(cluster: &Cluster) -> Option<TargetUrl> {
    let connection = cluster.connection()?;
    Some(TargetUrl {
        host: connection.host,
        port: connection.port,
        user: connection.user,
        password: connection.password.map(Secret::new),
        database: "postgres".to_owned(),
        schema: "public".to_owned(),
        ssl_mode: None,
        parameters: Vec::new(),
    })
}

pub(crate) fn failed(doing: &'static str, embedded: &Embedded) -> impl FnOnce(autobot_cluster::Error) -> Error {
    let dir = embedded.dir.clone();
    move |source| Error::Embedded { doing, dir, source }
}

fn downloaded(embedded: &Embedded, major: Major) -> Option<Programs> {
    let hint = Some(embedded.download_dir.as_path());
    Programs::search(&Search { hint, path_env: None, kind: Kind::Server, major }).ok()
}

fn not_found(embedded: &Embedded) -> Error {
    let source = autobot_cluster::Error::NotInitialized { dir: embedded.download_dir.clone() };
    let search = Search { hint: None, path_env: embedded.path_env.as_deref(), kind: Kind::Server, major: Major::Any };
    failed("find programs for", embedded)(Programs::search(&search).err().unwrap_or(source))
}
