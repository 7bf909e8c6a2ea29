use autobot_catalog::{ColumnMap, NulRule, OnInvalid, PgType, RowFilter, RowKey, TableMap, Utf8Rule};
use autobot_db::{ColumnName, TableName};

use super::{select, select_by_rowid};

fn column(name: &str) -> ColumnMap {
    ColumnMap {
        source: ColumnName::new(name).unwrap(),
        target: ColumnName::new(format!("{name}_target")).unwrap(),
        target_type: PgType::Text,
        not_null: false,
        unit: None,
        on_invalid: OnInvalid::Refuse,
        nul: NulRule::Invalid,
        utf8: Utf8Rule::Invalid,
        numbers_as_bytes: false,
        generated: None,
    }
}

fn table(filter: Option<RowFilter>) -> TableMap {
    TableMap {
        source: TableName::new("mes\"sage").unwrap(),
        target: TableName::new("message").unwrap(),
        columns: ["id", "bot id"].map(column).to_vec(),
        key: RowKey::RowidColumn(0),
        filter,
        rows: None,
        bytes: None,
        quarantine_orphans: Vec::new(),
    }
}

fn check(filter: Option<RowFilter>, with_rowid: bool, sql: &str) {
    assert_eq!(select(&table(filter), with_rowid).unwrap(), sql);
}

#[test]
fn all_rows_by_quoted_source_names() {
    check(None, false, r#"select "id", "bot id" from "mes""sage" not indexed"#);
    check(None, true, r#"select "id", "bot id", _rowid_ from "mes""sage" not indexed"#);
}

#[test]
fn a_condition_cannot_comment_out_its_bracket() {
    let filter = RowFilter::Where("id > 3 -- new ones".to_owned());
    check(
        Some(filter),
        false,
        "select \"id\", \"bot id\" from \"mes\"\"sage\" not indexed where (id > 3 -- new ones\n)",
    );
}

#[test]
fn last_in_each_group_breaks_ties_by_the_key() {
    let filter = RowFilter::Last { count: 1000, per: vec!["bot id".to_owned()], by: "at".to_owned() };
    let sql = "select \"id\", \"bot id\" from (select *, row_number() over (partition by \"bot id\" order by \"at\" desc, \
               \"id\" desc) as \"autobot rank\" from \"mes\"\"sage\" not indexed) where \"autobot rank\" <= 1000";
    check(Some(filter), false, sql);
}

#[test]
fn last_in_a_table_without_a_key_breaks_ties_by_the_rowid() {
    let filter = RowFilter::Last { count: 5, per: Vec::new(), by: "at".to_owned() };
    let map = TableMap { key: RowKey::None, ..table(Some(filter)) };
    assert!(select(&map, true).unwrap().contains("order by \"at\" desc, _rowid_ desc)"));
    assert!(select(&map, false).unwrap().contains("order by \"at\" desc)"));
}

#[test]
fn generated_columns_are_not_read() {
    let mut map = table(None);
    map.columns[1].generated = Some(autobot_catalog::Generated::ByExpression);
    assert_eq!(select(&map, false).unwrap(), r#"select "id" from "mes""sage" not indexed"#);
}

#[test]
fn batches_come_in_the_order_of_the_rowid() {
    let filter = RowFilter::Where("id > 3 or id = 1".to_owned());
    let (all, some) = (table(None), table(Some(filter)));
    let columns = r#"select "id", "bot id", "id" from "mes""sage" not indexed"#;
    assert_eq!(select_by_rowid(&all, "\"id\"", false), format!("{columns} order by \"id\""));
    assert_eq!(select_by_rowid(&all, "\"id\"", true), format!("{columns} where \"id\" > ?1 order by \"id\""));
    assert_eq!(
        select_by_rowid(&some, "\"id\"", true),
        format!("{columns} where \"id\" > ?1 and (id > 3 or id = 1\n) order by \"id\"")
    );
}
