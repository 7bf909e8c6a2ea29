//! `prisma.config.*`: Prisma 7 keeps the database's URL there. It is a program, so it is read by its usual forms only
//! and never edited: what cannot be recognised is told to the operator.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::{AppPath, Error, disk};

/// A `prisma.config.*` file and what could be recognised in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// The file.
    pub file: AppPath,
    /// The schema that it names.
    pub schema: Option<PathBuf>,
    /// The migrations folder that it names.
    pub migrations: Option<PathBuf>,
    /// Where it takes the database's URL from.
    pub url: ConfigUrl,
    /// True when it loads `.env` itself: with a config file, Prisma's CLI no longer does.
    pub loads_env: bool,
}

/// Where a config file takes the database's URL from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigUrl {
    /// It gives none: schema.prisma does.
    Absent,
    /// The environment variable of this name.
    Environment(String),
    /// A text in the file; the line it is on.
    Literal(usize),
    /// Something that only running it would tell; the line it is on.
    Unknown(usize),
}

const NAMES: &[&str] = &[
    "prisma.config.ts",
    "prisma.config.mts",
    "prisma.config.cts",
    "prisma.config.js",
    "prisma.config.mjs",
    "prisma.config.cjs",
    ".config/prisma.ts",
    ".config/prisma.js",
    ".config/prisma.mjs",
    ".config/prisma.cjs",
];

/// A path: `'a/b'` or `path.join('a', 'b')`.
const PATH: &str = r#"(?:(?:path\.)?(?:join|resolve)\((?P<parts>[^)]*)\)|['"`](?P<text>[^'"`]*)['"`])"#;

static URL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[{,\s]url\s*:\s*(?P<value>[^\n,}]+)"));
static FROM_ENV: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^(?:env(?:<[^>]*>)?\(\s*['"](?P<a>\w+)['"]\s*\)|process\.env(?:\.(?P<b>\w+)|\[\s*['"](?P<c>\w+)['"]\s*\]))[!\s]*(?:as string)?\s*$"#,
    )
});
static SCHEMA: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"[{{,\s]schema\s*:\s*{PATH}")));
static MIGRATIONS: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"[{{,\s]migrations\s*:\s*\{{[^}}]*?path\s*:\s*{PATH}")));
static TEXTS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"`]([^'"`]*)['"`]"#));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are constants that every test compiles")
}

/// Reads the config file of a server folder, where there is one.
pub(crate) fn find(app_dir: &Path, server_dir: &Path) -> Result<Option<ConfigFile>, Error> {
    for name in NAMES {
        let path = server_dir.join(name);
        if let Some(text) = disk::read_text(&path)? {
            return Ok(Some(read(AppPath::new(app_dir, path), &text)));
        }
    }
    Ok(None)
}

pub(super) fn read(file: AppPath, text: &str) -> ConfigFile {
    let code = without_comments(text);
    let loads_env = ["dotenv", "loadEnvFile", "--env-file", "@dotenvx"].iter().any(|sign| code.contains(sign));
    ConfigFile { file, schema: path(&SCHEMA, &code), migrations: path(&MIGRATIONS, &code), url: url(&code), loads_env }
}

fn url(code: &str) -> ConfigUrl {
    let Some(found) = URL.captures(code) else { return ConfigUrl::Absent };
    let line = code[..found.get(0).map_or(0, |whole| whole.end())].matches('\n').count() + 1;
    let value = found["value"].trim();
    if let Some(parts) = FROM_ENV.captures(value) {
        let name = ["a", "b", "c"].iter().find_map(|group| parts.name(group));
        return ConfigUrl::Environment(name.map_or_else(String::new, |name| name.as_str().to_owned()));
    }
    if value.starts_with(['\'', '"', '`']) && !value.contains("${") {
        ConfigUrl::Literal(line)
    } else {
        ConfigUrl::Unknown(line)
    }
}

fn path(setting: &Regex, code: &str) -> Option<PathBuf> {
    let found = setting.captures(code)?;
    if let Some(text) = found.name("text") {
        return Some(PathBuf::from(text.as_str()));
    }
    let parts = found.name("parts")?.as_str();
    // A part that is no text (`__dirname`) stands for the folder itself.
    Some(TEXTS.captures_iter(parts).map(|text| text[1].to_owned()).collect())
}

/// The program with its comments blanked, line for line; what looks like one inside a text stays.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => {
                let length = rest.find('\n').unwrap_or(rest.len());
                rest = &rest[length..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                let length = rest.find("*/").map_or(rest.len(), |at| at + 2);
                code.extend(rest[..length].chars().filter(|c| *c == '\n'));
                rest = &rest[length..];
                continue;
            }
            '"' | '\'' | '`' => text_length(rest, first),
            other => other.len_utf8(),
        };
        code.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    code
}

/// Length of the text that begins here, both quotes included.
fn text_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}
