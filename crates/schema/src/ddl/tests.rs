use super::*;

#[test]
fn names_stay_apart_and_short() {
    let mut names = NameRegistry::default();
    assert_eq!(names.free("a"), "a");
    assert_eq!(names.free("a"), "a_2");
    let long = format!("{}é", "x".repeat(70));
    let (one, other) = (names.free(&long), names.free(&format!("{long}!")));
    assert!(one != other && one.len() <= 63 && other.len() <= 63);
    assert_eq!(shortened(&long), one, "the same in every run");
    let accents = "é".repeat(40);
    assert!(names.free(&accents).len() <= 63, "no character is cut in two");
    let mut constraints = NameRegistry::default();
    constraints.take("k");
    assert_eq!(free_in_both(&mut names, &mut constraints, "k"), "k_2");
}

#[test]
fn hostile_names_are_quoted() {
    let column = autobot_db::ColumnName::new("\"; drop table x; --").unwrap();
    let sql = column_sql(&column, &ColumnSql { type_sql: "TEXT".to_owned(), not_null: true, ..ColumnSql::default() });
    assert_eq!(sql, "\"\"\"; drop table x; --\" TEXT NOT NULL");
    assert_eq!(check_sql("a\"b", "true"), "CONSTRAINT \"a\"\"b\" CHECK (true)");
}
