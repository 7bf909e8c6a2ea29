//! Every file under config/ is one that works.

use std::fs;
use std::path::{Path, PathBuf};

use autobot_sample::SampleOptions;

use crate::checkout::Checkout;
use crate::program::{Ran, autobot};

/// Parsing is what `plan` does first; it goes on to look at a sample, which every example fits.
#[tokio::test(flavor = "multi_thread")]
async fn every_example_parses() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let mut seen = 0;
    for file in examples() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let ran = Ran::of(autobot().arg("--config").arg(&file).arg("--app").arg(checkout.root()).arg("status"));
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
    // The rules are for this sample: they are accepted by name, table and column.
    let rules = root().join("config/examples/rules.toml");
    let document = checkout.run(&["--json", "--config", rules.to_str().unwrap(), "plan"]).exits(0).json();
    assert_eq!(document["outcome"], "planned");
}

/// Every key of every example has a line of comment above it, or stands in the shipped file, which explains all.
#[test]
fn every_key_is_documented() {
    let shipped = fs::read_to_string(root().join("config/autobot.toml")).unwrap();
    let mut above = "";
    let mut undocumented = Vec::new();
    for line in shipped.lines() {
        let is_key = line.split_once(" = ").is_some_and(|(key, _)| !key.starts_with('#') && !key.contains(' '));
        if is_key && !above.starts_with('#') {
            undocumented.push(line);
        }
        above = line;
    }
    assert!(undocumented.is_empty(), "{undocumented:#?}");
    let keys = keys(&shipped.parse().unwrap());
    for file in examples() {
        let table: toml::Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for key in self::keys(&table).iter().filter(|key| !key.starts_with("rules.") && !key.starts_with("server.")) {
            let last = key.rsplit('.').next().unwrap();
            let named = keys.contains(key) || shipped.contains(&format!("# {last} = "));
            assert!(named, "{}: `{key}` is not in config/autobot.toml", file.display());
        }
    }
}

/// A key that the program knows and the shipped file does not show would be one that nobody finds.
#[test]
fn the_shipped_file_shows_every_key() {
    let model = fs::read_to_string(root().join("crates/cli/src/settings/model.rs")).unwrap();
    let shipped = fs::read_to_string(root().join("config/autobot.toml")).unwrap();
    let fields =
        model.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": ")).map(|(name, _)| name);
    let mut seen = 0;
    for field in fields {
        let shown = [format!("\n{field} = "), format!("\n# {field} = "), format!("\n[{field}")];
        assert!(shown.iter().any(|text| shipped.contains(text)), "`{field}` is not in config/autobot.toml");
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn the_functional_tests_are_those_of_the_application() {
    let example = fs::read_to_string(root().join("config/examples/functional-tests.toml")).unwrap();
    let applications = fs::read_to_string(root().join("tests/autobot-app/functional-tests.toml")).unwrap();
    assert_eq!(example, applications, "type: cp tests/autobot-app/functional-tests.toml config/examples/");
}

/// What `autobot init` writes is accepted by the program that wrote it.
#[tokio::test(flavor = "multi_thread")]
async fn what_init_writes_works() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.run(&["init"]).exits(0).says("autobot.toml");
    let file = checkout.path("config/autobot.toml");
    checkout.run(&["init"]).exits(4).says("is there already");
    checkout.run(&["init", "--force"]).exits(0);
    checkout.run(&["--config", file.to_str().unwrap(), "plan"]).exits(0);
}

/// Settings files under config/: all but the list of functional tests, which `server.checks_file` names.
fn examples() -> Vec<PathBuf> {
    let mut files = vec![root().join("config/autobot.toml")];
    let folder = fs::read_dir(root().join("config/examples")).unwrap();
    files.extend(folder.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("functional-tests.toml")));
    assert!(files.iter().all(|file| file.extension().is_some_and(|extension| extension == "toml")));
    files
}

/// Dotted names of everything in a table.
fn keys(table: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value.as_table() {
            Some(inner) => found.extend(keys(inner).into_iter().map(|below| format!("{key}.{below}"))),
            None => found.push(key.clone()),
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
