//! How to reach a server.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in the user, password and database of a URL (RFC 3986, unreserved).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Address and credentials of a private server's superuser.
///
/// `Debug` leaves the password out.
#[derive(Clone, PartialEq, Eq)]
pub struct Connection {
    /// `127.0.0.1`: a private server listens nowhere else.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// The folder of the Unix socket, where there is one.
    pub socket_dir: Option<PathBuf>,
    /// The role.
    pub user: String,
    /// Its password; none where the server trusts everybody on this machine.
    pub password: Option<String>,
}

impl Connection {
    /// The URL of a database of this server, with the password in it.
    pub fn url(&self, database: &str) -> String {
        url(&self.host, self.port, &self.user, self.password.as_deref(), database)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("socket_dir", &self.socket_dir)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

fn url(host: &str, port: u16, user: &str, password: Option<&str>, database: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    let password = password.map(|password| format!(":{}", encode(password))).unwrap_or_default();
    format!("postgresql://{}{password}@{host}:{port}/{}", encode(user), encode(database))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_password_is_encoded_and_not_shown() {
        let connection = Connection {
            host: "127.0.0.1".to_owned(),
            port: 5432,
            socket_dir: None,
            user: "the user".to_owned(),
            password: Some("p#@:/?%& ü".to_owned()),
        };
        assert_eq!(
            connection.url("auto/bot"),
            "postgresql://the%20user:p%23%40%3A%2F%3F%25%26%20%C3%BC@127.0.0.1:5432/auto%2Fbot"
        );
        assert!(!format!("{connection:?}").contains("p#"));
    }
}
