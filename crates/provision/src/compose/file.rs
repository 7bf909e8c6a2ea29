//! From a compose file's text to the PostgreSQL service in it.

use std::collections::BTreeMap;
use std::path::Path;

use autobot_db::Secret;

use super::forms::{ComposeFile, ServiceForm};
use super::{Service, environment, ports};
use crate::{Docker, Error, Result};

/// The port that PostgreSQL listens on inside its container, unless told otherwise.
const INSIDE_PORT: u16 = 5432;
/// Names of images that are PostgreSQL, without registry and tag.
const IMAGES: &[&str] = &["postgres", "postgis", "timescaledb", "timescaledb-ha", "pgvector", "postgresql"];

pub(super) fn service(docker: &Docker, path: &Path, text: &str) -> Result<Service> {
    let file: ComposeFile = serde_saphyr::from_str(text).map_err(|error| {
        let location = error.location().map(|at| format!("line {}, column {}", at.line(), at.column()));
        // Not the error's own words, which quote the file, and with it a password.
        Error::ComposeForm { path: path.to_owned(), place: location.unwrap_or_else(|| "its beginning".to_owned()) }
    })?;
    let variables = variables(docker, path);
    let (name, form) = choose(docker, path, &file, &variables)?;
    let settings = settings(form, path, &variables);
    let setting = |name: &str| settings.get(name).filter(|value| !value.is_empty()).cloned();
    let inside_port = setting("PGPORT").and_then(|port| port.parse().ok()).unwrap_or(INSIDE_PORT);
    let on_host = form.network_mode.as_deref() == Some("host");
    let published = if on_host {
        Some(ports::Published { host: "localhost".to_owned(), port: inside_port, inside: inside_port })
    } else {
        form.ports.iter().filter_map(|form| ports::published(form, &variables)).find(|port| port.inside == inside_port)
    };
    let published = published.ok_or_else(|| Error::ComposePort {
        path: path.to_owned(),
        service: name.to_owned(),
        port: inside_port,
    })?;
    let user = setting("POSTGRES_USER").unwrap_or_else(|| "postgres".to_owned());
    Ok(Service {
        file: path.to_owned(),
        name: name.to_owned(),
        image: image(form, &variables),
        host: published.host,
        port: published.port,
        inside_port,
        password: setting("POSTGRES_PASSWORD").map(Secret::new),
        database: setting("POSTGRES_DB").unwrap_or_else(|| user.clone()),
        user,
    })
}

/// The environment and, behind it, the `.env` file of the project.
fn variables(docker: &Docker, path: &Path) -> BTreeMap<String, String> {
    let folder = path.parent().unwrap_or(&docker.project_dir);
    let beside = std::fs::read_to_string(folder.join(".env")).unwrap_or_default();
    let mut variables = environment::parse(&beside);
    variables.extend(docker.environment.clone());
    variables
}

/// What the container sees: its `env_file`s and, over them, its `environment`.
fn settings(form: &ServiceForm, path: &Path, variables: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut settings = BTreeMap::new();
    for file in &form.env_file.0 {
        let file = folder.join(environment::interpolate(file, variables));
        settings.extend(environment::parse(&std::fs::read_to_string(file).unwrap_or_default()));
    }
    for (name, value) in &form.environment.0 {
        let value = match value {
            Some(value) => environment::interpolate(value, variables),
            None => variables.get(name).cloned().unwrap_or_default(),
        };
        settings.insert(name.clone(), value);
    }
    settings
}

fn choose<'a>(
    docker: &Docker,
    path: &Path,
    file: &'a ComposeFile,
    variables: &BTreeMap<String, String>,
) -> Result<(&'a str, &'a ServiceForm)> {
    let not_so = |found: String| Error::ComposeService { path: path.to_owned(), found };
    if let Some(wanted) = &docker.service {
        let found = file.services.get_key_value(wanted).map(|(name, form)| (name.as_str(), form));
        return found.ok_or_else(|| not_so(format!("no service `{wanted}`")));
    }
    let is_postgres = |form: &ServiceForm| IMAGES.contains(&bare_name(&image(form, variables)));
    let found: Vec<_> = file.services.iter().filter(|(_, form)| is_postgres(form)).collect();
    match found.as_slice() {
        [] => Err(not_so("no service whose image is PostgreSQL's".to_owned())),
        [(name, form)] => Ok((name.as_str(), form)),
        several => {
            let names = several.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            Err(not_so(format!("{} PostgreSQL services: {names}", several.len())))
        }
    }
}

fn image(form: &ServiceForm, variables: &BTreeMap<String, String>) -> String {
    environment::interpolate(form.image.as_deref().unwrap_or_default(), variables)
}

/// `registry:5000/library/postgres:15-alpine@sha256:…` is `postgres`.
fn bare_name(image: &str) -> &str {
    let last = image.split('@').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    last.split(':').next().unwrap_or_default()
}
