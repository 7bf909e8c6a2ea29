use std::time::Duration;

use autobot_cluster::{Cluster, State};
use autobot_db::{InvalidName, Name, SchemaName, TargetUrl};
use autobot_plan::Phase;
use autobot_provision::{
    Docker, Embedded, Error, Existing, Expect, Facts, Local, Options, Provider, Provisioner, embedded_cluster, plan,
    stored,
};
use serde_json::{Value, json};

use crate::render::words;
use crate::settings::{self, Provider as Kind, password};
use crate::{Context, Desk, Exit, Failure, Result};

/// How long a compose service may take to become healthy.
const HEALTH_WAIT: Duration = Duration::from_mins(2);

/// Phase 2: has a server, a role and a database.
pub async fn provision(desk: &mut Desk<'_>) -> Result<Value> {
    let context = desk.context();
    // Once rows were copied the target holds them, and that is as it should be.
    let expect = if desk.is_done(Phase::Provision) { Expect::Anything } else { Expect::NoRows };
    let options = options(context, expect)?;
    let facts = Facts::gather(&options).await.map_err(|error| of_administrator(provision_failure(error), context))?;
    let plan = plan(&facts, &options);
    desk.lay(plan, &mut Provisioner::new(options), name_error).await?;
    let target = stored_target(context)?.map(|stored| stored.target.to_string());
    Ok(json!({ "target": target, "provider": context.settings.target.provider }))
}

/// The target that phase 2 proved, with its password; none before phase 2.
pub fn stored_target(context: &Context) -> Result<Option<autobot_provision::Stored>> {
    stored(&context.credentials_path()).map_err(provision_failure)
}

/// What the settings say of the server.
pub fn options(context: &Context, expect: Expect) -> Result<Options> {
    let target = &context.settings.target;
    let password = password(target, &context.app(std::path::Path::new("")))?;
    let existing = existing_url(context, password.clone())?;
    let role = existing.as_ref().map_or(target.user.as_str(), |url| &url.user);
    let database = existing.as_ref().map_or(target.database.as_str(), |url| &url.database);
    let schema = existing.as_ref().map_or(target.schema.as_str(), |url| &url.schema);
    Ok(Options {
        role: Name::new(role).map_err(wrong_name)?,
        database: Name::new(database).map_err(wrong_name)?,
        schema: SchemaName::new(schema).map_err(wrong_name)?,
        password,
        // `prisma migrate dev` makes its shadow database itself.
        may_create_databases: true,
        expect,
        credentials_file: context.credentials_path(),
        provider: match (target.provider, existing) {
            (Kind::Existing, Some(target)) => Provider::Existing(Existing { target }),
            (Kind::Local, _) => Provider::Local(Local { admin: admin_url(target)? }),
            (Kind::Docker, _) => Provider::Docker(docker_options(context)),
            _ => Provider::Embedded(embedded_options(context)),
        },
    })
}

/// What the settings say of the compose service.
pub fn docker_options(context: &Context) -> Docker {
    Docker {
        project_dir: context.app(std::path::Path::new("")),
        compose_file: Some(context.app(&context.settings.app.compose)),
        service: Some(context.settings.target.docker_service.clone()),
        path_env: std::env::var_os("PATH"),
        environment: std::env::vars().collect(),
        wait: HEALTH_WAIT,
    }
}

/// The target that the command line or the settings name by a URL; none otherwise.
pub fn given_target(context: &Context) -> Result<Option<TargetUrl>> {
    let target = &context.settings.target;
    if target.provider != Kind::Existing || (context.target_argument.is_none() && target.url.is_none()) {
        return Ok(None);
    }
    existing_url(context, password(target, &context.app(std::path::Path::new("")))?)
}

/// What the settings say of the embedded server.
pub fn embedded_options(context: &Context) -> Embedded {
    let target = &context.settings.target;
    // 5432 is what the settings say of servers that are installed; the embedded one takes a free port unless told.
    let port = Some(target.port).filter(|port| ![0, 5432].contains(port));
    Embedded {
        dir: context.embedded_dir(),
        programs: target.programs_dir.as_ref().map(|dir| context.app(dir)),
        path_env: std::env::var_os("PATH"),
        download_dir: context.work_dir().join("postgresql-programs"),
        port,
        settings: Vec::new(),
    }
}

/// Starts the embedded server where that is the provider, it was made, and it does not run: it does not come back by
/// itself after the machine was restarted.
pub fn ensure_server(context: &Context) -> Result<()> {
    let dir = context.embedded_dir();
    if context.settings.target.provider != Kind::Embedded || !Cluster::is_initialized(&dir) {
        return Ok(());
    }
    let mut cluster = embedded_cluster(&embedded_options(context)).map_err(provision_failure)?;
    if matches!(cluster.state(), State::Running { .. }) {
        return Ok(());
    }
    cluster.start().map_err(|error| {
        let hint = error.hint();
        Failure::new(Exit::Target, error, hint)
    })?;
    context.output.say(format!("  · {}", words::SERVER_STARTED.filled(context.lang(), &[("dir", dir.display())])));
    Ok(())
}

/// The URL of provider `existing`: `--target`, else the settings', with the password from elsewhere where it has none.
fn existing_url(context: &Context, password: Option<autobot_db::Secret>) -> Result<Option<TargetUrl>> {
    let target = &context.settings.target;
    if target.provider != Kind::Existing {
        return Ok(None);
    }
    let mut url = match (&context.target_argument, &target.url) {
        (Some(url), _) => url.clone(),
        (None, Some(text)) => text.parse().map_err(|error: autobot_db::InvalidUrl| {
            Failure::new(Exit::Settings, error, Some("correct target.url in the settings".to_owned()))
        })?,
        (None, None) => {
            return Err(Failure::line(
                Exit::Settings,
                "provider `existing` needs a URL",
                "give --target URL, or target.url in the settings",
            ));
        }
    };
    url.password = match url.password.take().or(password) {
        None => kept_password(context, &url)?,
        given => given,
    };
    Ok(Some(url))
}

/// The password that phase 2 kept for this role on this server: a scheduled backup has nobody to give it one.
fn kept_password(context: &Context, url: &TargetUrl) -> Result<Option<autobot_db::Secret>> {
    let place = |url: &TargetUrl| (url.host.clone(), url.port, url.user.clone());
    let kept = stored_target(context)?.map(|stored| stored.target);
    Ok(kept.filter(|kept| place(kept) == place(url)).and_then(|kept| kept.password))
}

/// Where nobody named an administrator and the usual one is not let in, says how to name one.
fn of_administrator(mut failure: Failure, context: &Context) -> Failure {
    let target = &context.settings.target;
    if target.provider == Kind::Local && std::env::var_os(&target.admin_url_env).is_none() {
        failure.hint = Some(format!(
            "name an administrator in the environment variable {}, as postgresql://postgres:password@{}:{}/postgres",
            target.admin_url_env, target.host, target.port
        ));
    }
    failure
}

fn admin_url(target: &settings::TargetSettings) -> Result<TargetUrl> {
    let variable = &target.admin_url_env;
    let Ok(text) = std::env::var(variable) else {
        let url = format!("postgresql://postgres@{}:{}/postgres", target.host, target.port);
        return url.parse().map_err(|error: autobot_db::InvalidUrl| {
            Failure::new(Exit::Settings, error, Some("correct target.host and target.port".to_owned()))
        });
    };
    text.parse().map_err(|error: autobot_db::InvalidUrl| {
        Failure::new(Exit::Settings, error, Some(format!("correct the environment variable {variable}")))
    })
}

fn wrong_name(error: InvalidName) -> Failure {
    Failure::new(Exit::Settings, error, Some("correct user, database or schema of the target".to_owned()))
}

/// An error of the provision crate as a failure.
pub fn provision_failure(error: Error) -> Failure {
    let (exit, hint) = name_error(&error);
    Failure::new(exit, error, hint)
}

/// The exit code and hint of an error of the provision crate.
pub fn name_error(error: &Error) -> (Exit, Option<String>) {
    let exit = if matches!(error, Error::Stopped { .. }) { Exit::Interrupted } else { Exit::Target };
    (exit, error.hint())
}
