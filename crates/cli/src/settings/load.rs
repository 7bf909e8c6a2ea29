use std::path::Path;

use super::{SHIPPED, Settings};
use crate::args::Global;
use crate::{Exit, Failure, Result};

/// The settings file that is read when none is named and there is one.
const DEFAULT: &str = "config/autobot.toml";

/// Reads the settings: what is shipped, over it the file, over it the command line.
///
/// # Errors
/// Exit 3 with the key's place and the nearest known key.
pub fn load(global: &Global) -> Result<Settings> {
    let mut table: toml::Table = SHIPPED.parse().map_err(|error| wrong("the shipped settings", &error, ""))?;
    let named = global.config.as_deref();
    let path = named.unwrap_or(Path::new(DEFAULT));
    let name = format!("`{}`", path.display());
    match read(path) {
        Ok(text) => {
            let own: toml::Table = text.parse().map_err(|error| wrong(&name, &error, &text))?;
            lay_over(&mut table, own);
        }
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => {
            let failure = Failure::line(
                Exit::Settings,
                format!("failed to read the settings {name}: {error}"),
                "correct --config, or write a file with `autobot init`",
            );
            return Err(failure);
        }
    }
    let read = serde_path_to_error::deserialize(toml::Value::Table(table));
    let mut settings: Settings = read.map_err(|error: serde_path_to_error::Error<toml::de::Error>| {
        let path = error.path().to_string();
        wrong(&if path == "." { name.clone() } else { format!("{name}, {path}") }, error.inner(), "")
    })?;
    if let Some(dir) = &global.app {
        settings.app.dir.clone_from(dir);
    }
    if let Some(dir) = &global.work_dir {
        settings.work_dir = std::path::absolute(dir).unwrap_or_else(|_| dir.clone());
    }
    if let Some(lang) = global.lang {
        settings.lang = lang;
    }
    Ok(settings)
}

fn read(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

/// Puts `own` over `base`, table by table; arrays and values are replaced whole.
fn lay_over(base: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(into)), toml::Value::Table(from)) => lay_over(into, from),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn wrong(file: &str, error: &toml::de::Error, text: &str) -> Failure {
    let message = error.message();
    let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let place = line.filter(|_| !text.is_empty()).map_or_else(String::new, |line| format!(" line {line}"));
    let hint = nearest(message).unwrap_or_else(|| "every key is explained in config/autobot.toml".to_owned());
    Failure::line(Exit::Settings, format!("settings {file}{place}: {message}"), hint)
}

/// From serde's "unknown field `x`, expected one of `a`, `b`": the known key most like the unknown one.
fn nearest(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field `").or_else(|| message.strip_prefix("unknown variant `"))?;
    let (unknown, expected) = rest.split_once('`')?;
    let known = expected.split('`').skip(1).step_by(2);
    let best = known.max_by(|a, b| strsim::jaro_winkler(unknown, a).total_cmp(&strsim::jaro_winkler(unknown, b)))?;
    Some(format!("did you mean `{best}`? Every key is explained in config/autobot.toml"))
}
