//! What a refusal must say and leave alone, and that its own remedy lets the database go over.

use std::fs;

use serde_json::Value;

use crate::case::{Case, Run, name_of};

/// One value that must be named: `text-in-integer t.n`, and where: `rowid 2: text 616263`.
pub type Bad<'a> = (&'a str, &'a str);

impl Case {
    /// Copies without a rule: refused for exactly these reasons, the target untouched.
    #[track_caller]
    pub fn refuses(&self, bad: &[Bad]) -> Run {
        self.refuses_by("", bad)
    }

    /// The same by these settings.
    #[track_caller]
    pub fn refuses_by(&self, settings: &str, bad: &[Bad]) -> Run {
        let before = self.target();
        let run = self.copy(settings);
        assert_eq!(run.code, 5, "{run}");
        assert_eq!(run.document["outcome"], "refused", "{run}");
        assert_eq!(self.target(), before, "the target was touched: {run}");
        let problems = run.document["problems"].as_array().unwrap();
        let mut named: Vec<String> = problems.iter().map(name_of).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named, bad.iter().map(|(named, _)| *named).collect::<Vec<_>>(), "{run}");
        for (named_as, place) in bad {
            let of_this = || problems.iter().filter(|problem| name_of(problem) == *named_as);
            let places: Vec<String> =
                of_this().flat_map(|problem| problem["places"].as_array().unwrap()).map(place_line).collect();
            assert!(place.is_empty() || places.iter().any(|known| known == place), "`{place}` is not in {places:?}");
            for problem in of_this() {
                assert!(problem["remedy"].is_string(), "no remedy: {problem:#}");
                let code = problem["code"].as_str().unwrap();
                assert!(run.eyes.contains(code), "the screen does not say {code}: {run}");
            }
        }
        let report = fs::read_to_string(run.document["bad_rows"].as_str().unwrap()).unwrap();
        for line in report.lines() {
            serde_json::from_str::<Value>(line).unwrap();
        }
        assert_eq!(self.assess(settings).code, 5, "assess and copy disagree");
        run
    }

    /// Refused for this one reason; the remedy, put into the settings as it is said, lets it go over with these warnings.
    #[track_caller]
    pub fn refuses_until_allowed(&self, bad: Bad, warnings: &[&str]) -> Run {
        let run = self.refuses(&[bad]);
        let problem = &run.document["problems"][0];
        self.goes_by(&rule_in(problem["remedy"].as_str().unwrap()), warnings)
    }
}

impl Run {
    /// The values listed in the file of a refusal: `t.n rowid 2: text 616263`.
    #[track_caller]
    pub fn listed(&self) -> Vec<String> {
        let report = fs::read_to_string(self.document["bad_rows"].as_str().unwrap()).unwrap();
        let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let values = lines.filter(|line| line.get("reason").is_some());
        values.map(|line| format!("{} {}", of(&line), place_line(&line))).collect()
    }
}

/// The first rule that a remedy names: `[rules.tables."t".columns."n"] as = "text"; or …`, as settings.
pub fn rule_in(remedy: &str) -> String {
    let (table, rest) = remedy.split_once("] ").unwrap_or_else(|| panic!("no rule in `{remedy}`"));
    let table = &table[table.find("[rules.").unwrap_or_else(|| panic!("no rule of the settings in `{remedy}`"))..];
    let mut parts = rest.split('"');
    let (key, value) = (parts.next().unwrap(), parts.next().unwrap());
    assert!(key.ends_with(" = "), "no rule in `{remedy}`");
    format!("{table}]\n{key}\"{value}\"\n")
}

fn of(finding: &Value) -> String {
    ["table", "column"].into_iter().filter_map(|key| finding[key].as_str()).collect::<Vec<_>>().join(".")
}

/// A place of a problem, or a line of the list: `rowid 2: text 616263`, `key a,b: null`.
fn place_line(place: &Value) -> String {
    let row = match place["rowid"].as_i64() {
        Some(rowid) => format!("rowid {rowid}"),
        None => {
            let parts = place["key"].as_array().map(Vec::as_slice).unwrap_or_default();
            format!("key {}", parts.iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join(","))
        }
    };
    let sample = place["sample"].as_str().unwrap();
    assert!(sample.len() <= 16, "a sample of more than eight bytes: {sample}");
    let space = if sample.is_empty() { "" } else { " " };
    format!("{row}: {}{space}{sample}", place["class"].as_str().unwrap())
}
