use autobot_db::TargetUrl;

/// From where the application reaches PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlForm {
    /// As this program reaches it (the plan's option A).
    Local,
    /// Through the port that Docker publishes on this machine (option B).
    Docker {
        /// The published port.
        port: u16,
    },
    /// From a container of the same compose file (option C).
    InsideContainer {
        /// The name of the database's service.
        service: String,
        /// The port inside, usually 5432.
        port: u16,
    },
}

/// Prisma's connection pool; what is not given is left to Prisma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// Connections at most.
    pub connection_limit: Option<u32>,
    /// Seconds to wait for a free one.
    pub pool_timeout_s: Option<u32>,
}

/// The URL that the application is given: the target as seen from where the application runs.
pub fn application_url(target: &TargetUrl, form: &UrlForm, pool: &Pool) -> TargetUrl {
    let (host, port) = match form {
        UrlForm::Local => (target.host.clone(), target.port),
        UrlForm::Docker { port } => ("localhost".to_owned(), *port),
        UrlForm::InsideContainer { service, port } => (service.clone(), *port),
    };
    let mut url = TargetUrl { host, port, ..target.clone() };
    let settings = [("connection_limit", pool.connection_limit), ("pool_timeout", pool.pool_timeout_s)];
    for (name, value) in settings {
        if let Some(value) = value {
            url.parameters.retain(|(key, _)| key != name);
            url.parameters.push((name.to_owned(), value.to_string()));
        }
    }
    url
}

/// The URL of `.env.example`: the plan's own, with the names of this database; it holds no secret.
pub(crate) fn example_url(url: &TargetUrl) -> TargetUrl {
    TargetUrl {
        host: "localhost".to_owned(),
        port: 5432,
        user: "postgres".to_owned(),
        password: Some(autobot_db::Secret::new("postgres")),
        ssl_mode: None,
        parameters: Vec::new(),
        ..url.clone()
    }
}
