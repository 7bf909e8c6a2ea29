use autobot_report::{ReadError, Report, from_json, to_json};
use serde_json::Value;

use crate::imagined;

fn value(report: &Report) -> Value {
    serde_json::from_str(&to_json(report)).expect("the report is JSON")
}

#[test]
fn what_is_written_is_read_back() {
    for report in [
        imagined::migrated(),
        imagined::troubled(),
        imagined::refused(),
        imagined::copied(),
        imagined::later(),
        imagined::large(),
        Report::default(),
    ] {
        let text = to_json(&report);
        let again = from_json(&text).unwrap();
        assert_eq!(again, report);
        assert_eq!(to_json(&again), text);
    }
}

#[test]
fn conclusions_are_beside_the_data() {
    let document = value(&imagined::migrated());
    assert_eq!(document["format"], 1);
    assert_eq!(document["verdict"], "equal");
    assert_eq!(document["criteria"].as_array().unwrap().len(), 10);
    assert_eq!(document["criteria"][7]["state"], "proved");
    assert_eq!(document["criteria"][7]["text"]["es"], "No hay pérdida de datos");
    assert_eq!(document["checklists"][1]["lines"][2]["state"], "done");
    assert_eq!(document["steps"]["env_url_set"], "server/.env");
    assert_eq!(document["tables"][2]["rows_target"], 1_000_000);
}

#[test]
fn a_copy_has_no_plan_of_record() {
    let document = value(&imagined::copied());
    assert_eq!(document["criteria"], Value::Array(Vec::new()));
    assert_eq!(document["verdict"], "equal");
}

#[test]
fn conclusions_are_not_believed_when_read() {
    let text = to_json(&imagined::troubled()).replace("\"verdict\": \"different\"", "\"verdict\": \"equal\"");
    assert!(text.contains("\"verdict\": \"equal\""));
    assert!(to_json(&from_json(&text).unwrap()).contains("\"verdict\": \"different\""));
}

#[test]
fn a_later_format_and_other_files_are_refused() {
    let later = to_json(&imagined::migrated()).replacen("\"format\": 1", "\"format\": 2", 1);
    assert!(matches!(from_json(&later), Err(ReadError::Format { found: 2 })));
    assert!(matches!(from_json("{}"), Err(ReadError::Json { .. })));
    assert!(matches!(from_json("no"), Err(ReadError::Json { .. })));
    assert!(from_json("{}").unwrap_err().hint().is_some());
}

#[test]
fn a_report_of_a_format_with_less_is_read() {
    assert_eq!(from_json("{\"format\": 1}").unwrap(), Report::default());
}

/// Every key that a report has is told of in FORMAT.md. Keys of maps that the data names (rules) are not the format's.
#[test]
fn the_format_is_described_key_by_key() {
    fn collect(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    keys.insert(key.clone());
                    if !["changed", "marks"].contains(&key.as_str()) {
                        collect(value, keys);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
            _ => {}
        }
    }
    let described = include_str!("../../FORMAT.md");
    let mut keys = std::collections::BTreeSet::new();
    for report in [imagined::migrated(), imagined::troubled(), imagined::refused(), imagined::later()] {
        collect(&value(&report), &mut keys);
    }
    assert!(keys.len() > 80, "{}", keys.len());
    let told = |key: &str| [format!("`{key}`"), format!("`{key}[]`")].iter().any(|form| described.contains(form));
    let untold: Vec<_> = keys.iter().filter(|key| !told(key)).collect();
    assert!(untold.is_empty(), "FORMAT.md does not tell of {untold:?}");
}
