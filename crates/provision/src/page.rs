//! The page about PostgreSQL for the application's own README (plan, section 6.3): install, backup and restore,
//! troubleshooting. Pure; the markers around it are the caller's.

#[cfg(test)]
mod tests;

use crate::Language;

const ENGLISH: &str = include_str!("page/english.md");
const SPANISH: &str = include_str!("page/spanish.md");
const INSTALL_ENGLISH: [(&str, &str); 4] = [
    ("embedded", include_str!("page/english_embedded.md")),
    ("local", include_str!("page/english_local.md")),
    ("docker", include_str!("page/english_docker.md")),
    ("existing", include_str!("page/english_existing.md")),
];
const INSTALL_SPANISH: [(&str, &str); 4] = [
    ("embedded", include_str!("page/spanish_embedded.md")),
    ("local", include_str!("page/spanish_local.md")),
    ("docker", include_str!("page/spanish_docker.md")),
    ("existing", include_str!("page/spanish_existing.md")),
];

/// What the page tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOptions {
    /// The provider's word: `embedded`, `local`, `docker`, `existing`.
    pub provider: &'static str,
    /// The target, without its password.
    pub target: String,
    /// The role.
    pub role: String,
    /// The database.
    pub database: String,
    /// The folder of the backups, as seen from the application's.
    pub backups: String,
    /// How many backups are kept.
    pub keep: usize,
    /// The backup script, as seen from the application's folder; none when there is none.
    pub script: Option<String>,
    /// The time of the nightly backup, `02:00`.
    pub at: String,
    /// The server's fragment of `postgresql.conf`, as seen from the application's folder; none when there is none.
    pub tuning: Option<String>,
}

/// The page as Markdown.
pub fn page(options: &PageOptions, language: Language) -> String {
    let installs = match language {
        Language::English => INSTALL_ENGLISH,
        Language::Spanish => INSTALL_SPANISH,
    };
    let install = installs.iter().find(|(provider, _)| *provider == options.provider).map_or("", |(_, text)| text);
    let words = [
        ("{{install}}", install.trim_end().to_owned()),
        ("{{schedule}}", schedule(options, language)),
        ("{{tuning}}", tuning(options, language)),
        ("{{target}}", options.target.clone()),
        ("{{role}}", options.role.clone()),
        ("{{database}}", options.database.clone()),
        ("{{backups}}", options.backups.clone()),
        ("{{keep}}", options.keep.to_string()),
    ];
    let text = language.of(ENGLISH, SPANISH).to_owned();
    words.iter().fold(text, |text, (word, value)| text.replace(word, value))
}

fn schedule(options: &PageOptions, language: Language) -> String {
    let Some(script) = &options.script else { return String::new() };
    let at = &options.at;
    match language {
        Language::English => format!("`{script}` does the same, every night at {at} once it is scheduled.\n"),
        Language::Spanish => format!("`{script}` hace lo mismo, cada noche a las {at} una vez programado.\n"),
    }
}

fn tuning(options: &PageOptions, language: Language) -> String {
    let Some(tuning) = &options.tuning else { return String::new() };
    match language {
        Language::English => format!("Settings computed for this machine, each with its reason: `{tuning}`.\n"),
        Language::Spanish => format!("Ajustes calculados para esta máquina, cada uno con su razón: `{tuning}`.\n"),
    }
}
