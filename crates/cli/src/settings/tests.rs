use super::*;
use crate::args::{Cli, Global};
use clap::Parser;

fn global(arguments: &[&str]) -> Global {
    Cli::try_parse_from([&["autobot"], arguments, &["plan"]].concat()).unwrap().global
}

fn check(text: &str, expected: &str) {
    let folder = std::env::temp_dir().join(format!("autobot-settings-{}-{}", std::process::id(), text.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("autobot.toml");
    std::fs::write(&file, text).unwrap();
    let failure = load(&global(&["--config", file.to_str().unwrap()])).unwrap_err();
    let said = failure.render();
    assert!(said.contains(expected), "{said}");
    assert_eq!(failure.exit as u8, 3);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_shipped_is_the_default() {
    let settings: Settings = toml::from_str(SHIPPED).unwrap();
    assert_eq!(settings.target.provider, Provider::Embedded);
    assert_eq!(settings.app.database, std::path::Path::new("server/prisma/dev.db"));
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    check("[target]\nprovder = \"local\"\n", "did you mean `provider`?");
    check("[target]\nprovider = \"dockr\"\n", "did you mean `docker`?");
    check("[rules.tables.T.columns.c]\non_invalid = \"nul\"\n", "did you mean `null`?");
    check("[target\n", "line 1");
}

#[test]
fn a_missing_file_that_was_named_is_an_error() {
    assert!(load(&global(&["--config", "no/such/file.toml"])).unwrap_err().render().contains("no/such/file.toml"));
}
