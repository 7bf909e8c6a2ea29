//! Making each change so.

use std::path::Path;
use std::time::{Duration, Instant};

use autobot_cluster::{Programs, State};
use autobot_db::{Name, SchemaName, TargetUrl};
use autobot_plan::{Outcome, Scope};
use serde_json::json;

use super::{Provisioner, blocking};
use crate::compose::{Runner, Service};
use crate::facts::{answers, target_of};
use crate::inspect::inspect;
use crate::{Docker, Embedded, Error, Proof, Provider, Result, Stored, admin, credentials, embedded, password};

/// How often a service that is ready is asked whether PostgreSQL answers in it.
const ANSWER_POLL: Duration = Duration::from_millis(500);

impl Provisioner {
    pub(super) async fn download(&self, dir: &Path, scope: &Scope<'_>) -> Result<Outcome> {
        let embedded = self.embedded()?;
        scope.note("downloading PostgreSQL, some 20 MB");
        let programs = Programs::download(dir).await.map_err(embedded::failed("download programs for", &embedded))?;
        Ok(Outcome::line(format!("PostgreSQL {} is in `{}`", programs.version(), dir.display())))
    }

    pub(super) async fn make_cluster(&self) -> Result<Outcome> {
        let embedded = self.embedded()?;
        blocking(move || {
            let cluster = embedded::make(&embedded)?;
            let account = cluster.account_name().map(|name| format!(", run as `{name}`")).unwrap_or_default();
            let version = cluster.programs().version();
            Ok(Outcome::line(format!("PostgreSQL {version} in `{}`{account}", cluster.dir().display())))
        })
        .await
    }

    pub(super) async fn start_server(&self) -> Result<Outcome> {
        let embedded = self.embedded()?;
        blocking(move || {
            let mut cluster = crate::embedded_cluster(&embedded)?;
            cluster.start().map_err(embedded::failed("start", &embedded))?;
            match cluster.state() {
                State::Running { pid, port } => {
                    let facts = json!({ "pid": pid, "port": port });
                    Ok(Outcome::with_facts(format!("runs on 127.0.0.1:{port}"), facts))
                }
                state => Ok(Outcome::line(format!("started ({state:?})"))),
            }
        })
        .await
    }

    pub(super) async fn start_service(&self, name: &str, scope: &Scope<'_>) -> Result<Outcome> {
        let Provider::Docker(docker) = &self.options.provider else { return Ok(Outcome::line("nothing to start")) };
        let service = Service::find(docker)?;
        let runner = Runner::find(docker, &service).await?;
        let was_there = runner.container().await?.is_some();
        runner.up().await?;
        scope.note(format!("waiting for the health of service `{name}`"));
        runner.wait_until_ready().await?;
        wait_for_answer(docker, &service, &runner).await?;
        let container = runner.container().await?;
        let facts = json!({ "container": container, "was_there": was_there });
        Ok(Outcome::with_facts(format!("service `{name}` is ready on port {}", service.port), facts))
    }

    /// The password is written down before the role has it: a run cut off in between finds it again.
    pub(super) async fn create_role(&self, role: &Name) -> Result<Outcome> {
        let admin_url = self.admin()?;
        let known = self.known()?;
        let mut target = target_of(&self.options, &admin_url, known.as_ref());
        let password = target.password.take().unwrap_or_else(password::generate);
        target.password = Some(password.clone());
        self.keep(target, Proof::Pending)?;

        let mut connection = admin::connect(&admin_url).await?;
        let administrator = admin::who(&mut connection).await?;
        if admin::exists(&mut connection, role).await? {
            admin::set_password(&mut connection, role, &password).await?;
            return Ok(Outcome::with_facts(format!("role `{role}` has its password"), json!({ "created": true })));
        }
        let may_create_databases = self.options.may_create_databases;
        admin::create_role(&mut connection, &administrator, role, &password, may_create_databases).await?;
        Ok(Outcome::with_facts(format!("role `{role}` is made"), json!({ "created": true })))
    }

    pub(super) async fn create_database(&self, database: &Name, owner: &Name) -> Result<Outcome> {
        let mut connection = admin::connect(&self.admin()?).await?;
        admin::create_database(&mut connection, database, owner).await?;
        Ok(Outcome::with_facts(format!("database `{database}` is made"), json!({ "created": true })))
    }

    pub(super) async fn grant_rights(&self, database: &Name, schema: &SchemaName, role: &Name) -> Result<Outcome> {
        let admin_url = self.admin()?.with_database(database.as_str());
        let mut connection = admin::connect(&admin_url).await?;
        let missing = admin::missing(&mut connection, role, schema).await?;
        for right in &missing {
            admin::grant(&mut connection, *right, role, database, schema).await?;
        }
        let lacking = admin::missing(&mut connection, role, schema).await?;
        if !lacking.is_empty() {
            // PostgreSQL only warns when the grantor may not grant.
            let right = format!("grant rights in schema `{schema}` of database `{database}`");
            return Err(Error::NoRights { role: admin_url.user, right });
        }
        Ok(Outcome::with_facts(format!("role `{role}` has its rights"), json!({ "granted": missing })))
    }

    pub(super) async fn store_credentials(&self, scope: &Scope<'_>) -> Result<Outcome> {
        let target = self.target()?;
        let found = inspect(&target).await?;
        found.check(self.options.expect)?;
        for note in found.notes() {
            scope.note(note);
        }
        let summary = format!("PostgreSQL {} at {target}", found.version);
        self.keep(target, Proof::Proved)?;
        let facts = json!({ "version": found.version, "encoding": found.encoding, "superuser": found.superuser });
        Ok(Outcome::with_facts(summary, facts))
    }

    fn keep(&self, target: TargetUrl, proof: Proof) -> Result<()> {
        let inside_container = self.inside_container(&target)?;
        credentials::store(&self.options.credentials_file, &Stored { target, inside_container, proof })
    }

    pub(super) fn embedded(&self) -> Result<Embedded> {
        match &self.options.provider {
            Provider::Embedded(embedded) => Ok(embedded.clone()),
            other => Err(Error::OtherProvider { planned: "embedded", present: other.name() }),
        }
    }
}

/// The image starts PostgreSQL twice: first to make the database, without a port, then for good.
async fn wait_for_answer(docker: &Docker, service: &Service, runner: &Runner) -> Result<()> {
    let began = Instant::now();
    while !answers(&service.admin()).await? {
        if began.elapsed() > docker.wait {
            let state = format!("running, but nothing answers on {}:{}", service.host, service.port);
            let (service, seconds) = (service.name.clone(), began.elapsed().as_secs());
            return Err(Error::NotHealthy { service, seconds, state, logs: runner.logs().await });
        }
        tokio::time::sleep(ANSWER_POLL).await;
    }
    Ok(())
}
