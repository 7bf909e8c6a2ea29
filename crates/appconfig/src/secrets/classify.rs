//! Which values are secrets: decided by the key's name, then by the value's shape; in doubt it is one.

use std::sync::LazyLock;

use regex::Regex;

/// Parts of a key's name that make its value a secret whatever it looks like.
const SECRET_NAMES: &[&str] = &[
    "KEY",
    "SECRET",
    "TOKEN",
    "PASS",
    "PWD",
    "CREDENTIAL",
    "PRIVATE",
    "AUTH",
    "SALT",
    "SIGNATURE",
    "DSN",
    "WEBHOOK",
    "COOKIE",
    "CERT",
    "ENCRYPT",
    "HASH",
    "CLAVE",
    "CONTRASE",
    "PIN",
    "SID",
];

/// Ends of a key's name that make its value harmless, unless its shape is that of a secret.
const PLAIN_NAMES: &[&str] = &[
    "PORT", "HOST", "MODEL", "VERSION", "LEVEL", "ENV", "DIR", "PATH", "FILE", "REGION", "TIMEOUT", "LIMIT", "TZ",
    "LANG", "LOCALE", "PROVIDER", "MODE",
];

/// Ends of a key's name that make a number harmless even where the rest speaks of secrets.
const COUNT_NAMES: &[&str] =
    &["ROUNDS", "TTL", "TOKENS", "EXPIRES", "EXPIRES_IN", "EXPIRATION", "LENGTH", "SIZE", "COUNT", "TIMEOUT", "LIMIT"];

/// Parameters of a database URL that say nothing secret.
const PLAIN_PARAMETERS: &[&str] = &[
    "schema",
    "connection_limit",
    "pool_timeout",
    "connect_timeout",
    "socket_timeout",
    "statement_cache_size",
    "pgbouncer",
    "sslmode",
    "mode",
    "cache",
    "timeout",
];

/// Beginnings by which well-known services mark their keys.
const KEY_PREFIXES: &[&str] = &[
    "sk-",
    "pk-",
    "sk_",
    "pk_",
    "rk_",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xox",
    "AKIA",
    "AIza",
    "eyJ",
    "SG.",
    "-----BEGIN",
];

/// The shortest run of mixed letters and digits that is taken for a key.
const OPAQUE_LENGTH_MIN: usize = 16;

static NUMBER_OR_SWITCH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?i:[+-]?\d{1,9}(\.\d+)?(ms|s|m|h|d|kb|mb|gb)?|true|false|on|off|yes|no)$"));
static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[[:alpha:]]{1,16}([-_/. ][[:alpha:]]{1,16}){0,3}$"));
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(localhost|\d{1,3}(\.\d{1,3}){3})(:\d+)?$|^(file:)?(\.{1,2}|~|[A-Za-z]:)?[/\\][^?*]*$")
});
static URL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[A-Za-z][A-Za-z0-9+.-]*:(?://)?(?:(?P<login>.*)@)?(?P<place>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?$")
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are constants that every test compiles")
}

/// True when the value of `key` must not be shown.
pub(crate) fn is_secret(key: &str, value: &str) -> bool {
    let name = key.to_uppercase();
    if value.is_empty() || harmless_number(&name, value) {
        return false;
    }
    if value.contains("://") || value.starts_with("file:") {
        return has_login(value) || url_is_telling(value) || name_is_secret(&name);
    }
    if name_is_secret(&name) || looks_like_key(value) {
        return true;
    }
    let plain_name = PLAIN_NAMES.iter().any(|end| name.ends_with(end));
    !(plain_name || WORDS.is_match(value) || PLACE.is_match(value))
}

/// True for a word of prose that is a key, or a URL with a login in it.
pub(crate) fn word_is_secret(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '"' | '\'' | '`' | ',' | ';' | '(' | ')' | '<' | '>'));
    if word.contains("://") { has_login(word) || url_is_telling(word) } else { looks_like_key(word) }
}

/// The URL with `login` in the place of its user and password, when nothing else in it is telling.
pub(crate) fn without_login(value: &str, login: &str) -> Option<String> {
    let parts = value.contains("://").then(|| URL.captures(value)).flatten()?;
    let range = parts.name("login")?.range();
    let rest = format!("{}{}", &value[..range.start], &value[range.end + 1..]);
    (!url_is_telling(&rest)).then(|| format!("{}{login}{}", &value[..range.start], &value[range.end..]))
}

/// User and password of a URL.
pub(crate) fn login(value: &str) -> Option<&str> {
    URL.captures(value).and_then(|parts| parts.name("login")).map(|login| login.as_str())
}

/// A switch, or a number under a name that is not that of a secret (`SALT_ROUNDS` is not).
fn harmless_number(name: &str, value: &str) -> bool {
    let number = value.bytes().any(|byte| byte.is_ascii_digit());
    let counts = COUNT_NAMES.iter().any(|end| name.ends_with(end));
    NUMBER_OR_SWITCH.is_match(value) && (!number || counts || !name_is_secret(name))
}

fn name_is_secret(upper: &str) -> bool {
    SECRET_NAMES.iter().any(|part| upper.contains(part))
}

fn has_login(value: &str) -> bool {
    login(value).is_some()
}

/// A query with parameters that are not known to be harmless, or a path with a key in it.
fn url_is_telling(value: &str) -> bool {
    let Some(parts) = URL.captures(value) else { return true };
    let query = parts.name("query").map_or("", |query| query.as_str());
    let mut pairs = query.split('&').filter(|pair| !pair.is_empty());
    let telling = pairs.any(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        !PLAIN_PARAMETERS.contains(&name) || looks_like_key(value)
    });
    let place = parts.name("place").map_or("", |place| place.as_str());
    telling || place.split(['/', ':']).any(looks_like_key)
}

/// Known prefixes, and long runs of letters mixed with digits.
fn looks_like_key(value: &str) -> bool {
    let prefixed = KEY_PREFIXES.iter().any(|prefix| value.starts_with(prefix) && value.len() > prefix.len() + 4);
    let runs = value.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '=')));
    let mut opaque = runs.filter(|run| run.len() >= OPAQUE_LENGTH_MIN);
    prefixed
        || opaque.any(|run| {
            run.bytes().any(|byte| byte.is_ascii_digit()) && run.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
}
