use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::Secret;

/// Everything but the unreserved characters of RFC 3986 is encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a PostgreSQL database is and who we are there. `Display` and `Debug` hide the password.
#[derive(Clone, PartialEq, Eq)]
pub struct TargetUrl {
    /// Host name, address, or the directory of a Unix socket (beginning with `/`).
    pub host: String,
    /// Port.
    pub port: u16,
    /// Role.
    pub user: String,
    /// Password, where there is one.
    pub password: Option<Secret>,
    /// Database.
    pub database: String,
    /// Schema of the application (Prisma's `schema` parameter), `public` unless given.
    pub schema: String,
    /// `sslmode` as given.
    pub ssl_mode: Option<String>,
    /// Other parameters, kept for the application's URL (`connection_limit`, `pool_timeout`, …).
    pub parameters: Vec<(String, String)>,
}

/// A text that is not a URL of PostgreSQL. Never holds the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the target URL is not valid: {reason}")]
pub struct InvalidUrl {
    /// What is wrong with it.
    pub reason: String,
}

impl TargetUrl {
    /// The URL with another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self { database: database.to_owned(), ..self.clone() }
    }

    /// The URL with the password in the clear, percent-encoded: for the application's `.env` only.
    pub fn expose(&self) -> Secret {
        Secret::new(self.render(self.password.as_ref().map(Secret::expose)))
    }

    /// Connection options for the driver. Environment variables of libpq do not take part.
    pub fn connect_options(&self) -> Result<PgConnectOptions, InvalidUrl> {
        let mut options = PgConnectOptions::new_without_pgpass()
            .port(self.port)
            .username(&self.user)
            .database(&self.database)
            .application_name("autobot");
        options = if self.host.starts_with('/') { options.socket(&self.host) } else { options.host(&self.host) };
        if let Some(password) = &self.password {
            options = options.password(password.expose());
        }
        if let Some(mode) = &self.ssl_mode {
            let mode = PgSslMode::from_str(mode)
                .map_err(|_| InvalidUrl { reason: format!("`{mode}` is not a value of sslmode") })?;
            options = options.ssl_mode(mode);
        }
        Ok(options)
    }

    fn render(&self, password: Option<&str>) -> String {
        let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
        let mut text = format!("postgresql://{}", encode(&self.user));
        if let Some(password) = password {
            text.push(':');
            text.push_str(password_form(password, &encode).as_str());
        }
        let socket = self.host.starts_with('/');
        let host = if socket { String::new() } else { bracketed(&self.host) };
        text.push_str(&format!("@{host}:{}/{}", self.port, encode(&self.database)));
        let mut parameters = vec![("schema".to_owned(), self.schema.clone())];
        parameters.extend(socket.then(|| ("host".to_owned(), self.host.clone())));
        parameters.extend(self.ssl_mode.iter().map(|mode| ("sslmode".to_owned(), mode.clone())));
        parameters.extend(self.parameters.iter().cloned());
        for (index, (key, value)) in parameters.iter().enumerate() {
            text.push_str(&format!("{}{key}={}", if index == 0 { '?' } else { '&' }, encode(value)));
        }
        text
    }
}

/// The mask that stands for a password; never encoded, so that it reads as a mask.
const MASK: &str = "****";

fn password_form(password: &str, encode: &dyn Fn(&str) -> String) -> String {
    if password == MASK { MASK.to_owned() } else { encode(password) }
}

fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

impl fmt::Display for TargetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(self.password.as_ref().map(|_| MASK)))
    }
}

impl fmt::Debug for TargetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TargetUrl({self})")
    }
}

impl FromStr for TargetUrl {
    type Err = InvalidUrl;

    /// Reads `postgresql://user:password@host:port/database?schema=public&…`.
    ///
    /// Lenient where it cannot be misread: a password with a bare `#`, `/`, `?`, `:` or `@` is taken as it stands,
    /// since the last `@` before the host ends it.
    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let invalid = |reason: &str| InvalidUrl { reason: reason.to_owned() };
        let rest = text
            .trim()
            .strip_prefix("postgresql://")
            .or_else(|| text.trim().strip_prefix("postgres://"))
            .ok_or_else(|| invalid("it must begin with postgresql://"))?;
        let (login, place) = rest.rsplit_once('@').map_or((None, rest), |(login, place)| (Some(login), place));
        let (user, password) = match login.map(|login| login.split_once(':').ok_or(login)) {
            None => ("postgres", None),
            Some(Ok((user, password))) => (user, Some(Secret::new(decode(password)))),
            Some(Err(user)) => (user, None),
        };
        let (place, query) = place.split_once('?').unwrap_or((place, ""));
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        let (host, port) = split_port(authority).ok_or_else(|| invalid("the port is not a number from 1 to 65535"))?;
        let mut url = Self {
            host: if host.is_empty() { "localhost".to_owned() } else { decode(host) },
            port,
            user: decode(user),
            password,
            database: decode(database),
            schema: "public".to_owned(),
            ssl_mode: None,
            parameters: Vec::new(),
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(|| invalid("a parameter has no value"))?;
            let value = decode(value);
            match key {
                "schema" => url.schema = value,
                "sslmode" => url.ssl_mode = Some(value),
                "host" => url.host = value,
                "port" => url.port = value.parse().map_err(|_| invalid("the port is not a number"))?,
                "user" => url.user = value,
                "password" => url.password = Some(Secret::new(value)),
                "dbname" => url.database = value,
                _ => url.parameters.push((key.to_owned(), value)),
            }
        }
        if url.database.is_empty() {
            return Err(invalid("it names no database"));
        }
        Ok(url)
    }
}

fn split_port(authority: &str) -> Option<(&str, u16)> {
    const DEFAULT_PORT: u16 = 5432;
    if let Some((host, rest)) = authority.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        return rest.strip_prefix(':').map_or(Some((host, DEFAULT_PORT)), |port| Some((host, port.parse().ok()?)));
    }
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() => Some((host, port.parse().ok().filter(|port| *port > 0)?)),
        Some((host, _)) => Some((host, DEFAULT_PORT)),
        None => Some((authority, DEFAULT_PORT)),
    }
}

/// Percent-decodes; a text that is not well encoded is taken as it stands.
fn decode(text: &str) -> String {
    let well_encoded = text
        .split('%')
        .skip(1)
        .all(|after| after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    if !well_encoded {
        return text.to_owned();
    }
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests;
