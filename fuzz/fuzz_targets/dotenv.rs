//! Any bytes as a `.env` file: a value that is set is read back, every other one stays, and setting it again changes nothing.

#![no_main]
#![allow(dead_code, reason = "two modules of a crate, without the rest of it")]

#[path = "../../crates/appconfig/src/env/edit.rs"]
mod edit;
#[path = "../../crates/appconfig/src/env/parse.rs"]
mod parse;

use std::collections::BTreeMap;

use autobot_db::Secret;
use libfuzzer_sys::fuzz_target;

const KEY: &str = "DATABASE_URL";

fuzz_target!(|input: (&[u8], &str)| {
    let (file, value) = input;
    let value = Secret::new(value.to_owned());
    let wanted = edit::Wanted { key: KEY, value: &value, commented: Vec::new() };
    let Ok(edited) = edit::set(file, &wanted) else { return };
    let (before, after) = (values(file), values(&edited));
    assert_eq!(after.get(KEY), Some(&value.expose().as_bytes().to_vec()), "the value is not read back");
    let others = |all: &BTreeMap<String, Vec<u8>>| {
        all.iter().filter(|(key, _)| *key != KEY).map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
    };
    assert_eq!(others(&after), others(&before), "another value has changed");
    assert_eq!(edit::set(&edited, &wanted), Ok(edited), "setting it again changes the file");
});

fn values(file: &[u8]) -> BTreeMap<String, Vec<u8>> {
    parse::assignments(file).into_iter().map(|one| (one.key, one.value)).collect()
}
