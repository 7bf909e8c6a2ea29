use super::*;

#[test]
fn hostile_names_are_quoted_not_executed() {
    let name = TableName::new("x\"; DROP TABLE \"User\"; --").unwrap();
    assert_eq!(name.quoted(), "\"x\"\"; DROP TABLE \"\"User\"\"; --\"");
    assert!(Name::new("").is_err() && Name::new("a\0b").is_err());
}

#[test]
fn names_travel_through_json_as_plain_text() {
    let name = ColumnName::new("createdAt").unwrap();
    assert_eq!(serde_json::to_string(&name).unwrap(), "\"createdAt\"");
    assert!(serde_json::from_str::<ColumnName>("\"\"").is_err());
}
