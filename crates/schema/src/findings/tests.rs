use std::collections::BTreeSet;

use autobot_db::{ColumnName, TableName};

use super::*;

#[test]
fn codes_are_distinct_and_in_form() {
    let ids: BTreeSet<&str> = CODES.iter().map(|code| code.id).collect();
    let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!((ids.len(), names.len()), (CODES.len(), CODES.len()));
    for code in CODES {
        assert!(code.id.len() == 5 && code.id.starts_with("AB") && code.id[2..].parse::<u16>().is_ok(), "{}", code.id);
        assert!(code.meaning.ends_with('.') && !code.remedy.is_empty(), "{}", code.id);
    }
    assert_eq!(TEXT_IN_INTEGER.text(), "AB012 text-in-integer");
}

#[test]
fn remedies_name_the_place() {
    let (table, column) = (TableName::new("a\"b").unwrap(), ColumnName::new("c").unwrap());
    let found = finding(&INVALID_UTF8, "x").table(&table).column(&column).done();
    assert_eq!(found.remedy.unwrap(), "[rules.tables.\"a\\\"b\".columns.\"c\"] utf8 = \"replace\"; or as = \"bytea\"");
}
