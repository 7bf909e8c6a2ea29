//! What databases of real applications hold, and which types it gets.

use autobot_catalog::EpochUnit;

use crate::made::assessed;

/// The types of the last column of each table, by the table's name, and how many foreign keys there are.
fn types(sql: &str) -> (Vec<String>, usize) {
    let migration = assessed(sql, "", None);
    let mut tables: Vec<_> = migration.tables.iter().collect();
    tables.sort_by_key(|table| table.source.clone());
    let of = |columns: &[autobot_catalog::ColumnMap]| columns.last().unwrap().target_type.to_string();
    (tables.iter().map(|table| of(&table.columns)).collect(), migration.target.foreign_keys.len())
}

#[track_caller]
fn check(sql: &str, expected: &str) {
    assert_eq!(types(sql).0, [expected], "{sql}");
}

#[test]
fn geometries_are_bytes() {
    check("create table t (a point); insert into t values (x'ff')", "BYTEA");
    check("create table t (a geometry)", "BYTEA");
}

/// Chroma's `seq_id`.
#[test]
fn nothing_but_numbers_in_a_column_of_bytes() {
    check("create table t (a blob); insert into t values (1), (-5), (null)", "BIGINT");
    check("create table t (a blob); insert into t values (1.5), (2.0)", "DOUBLE PRECISION");
    check("create table t (a blob); insert into t values (1), (x'00')", "BYTEA");
    check("create table t (a blob); insert into t values ('a')", "BYTEA");
}

#[test]
fn bits_are_booleans_where_they_hold_nothing_else() {
    check("create table t (a bit); insert into t values (0), (1)", "BOOLEAN");
    check("create table t (a bit); insert into t values (0), (2)", "BIGINT");
}

/// Tables from Access, not filled yet.
#[test]
fn a_made_up_type_without_a_value_is_text() {
    check("create table t (a memo)", "TEXT");
    check("create table t (a replication id); insert into t values (null)", "TEXT");
    check("create table t (a memo); insert into t values (5)", "BIGINT");
    check("create table t (a long integer)", "BIGINT");
    check("create table t (a number)", "DECIMAL");
}

/// The tables of zigpy: `ieee` is no known type, and some tables are empty.
#[test]
fn a_child_of_a_child_has_the_type_of_the_first_parent() {
    let sql = "create table c (id ieee references b); create table b (id ieee primary key references a); \
               create table a (id ieee primary key); insert into a values ('00:0d')";
    assert_eq!(types(sql), (["TEXT", "TEXT", "TEXT"].map(str::to_owned).to_vec(), 2));
}

/// What the numbers of the only date column count.
fn unit(sql: &str) -> Option<EpochUnit> {
    let migration = assessed(sql, "", None);
    let mut columns = migration.tables.iter().flat_map(|table| &table.columns);
    columns.find(|column| column.target_type.to_string().starts_with("TIMESTAMP")).unwrap().unit
}

/// WhatsApp on a telephone of Apple's, Photos, Notes.
#[test]
fn core_data_counts_seconds_since_2001() {
    let rows = "create table m (d timestamp); insert into m values (722345678), (722345678.5), (null)";
    assert_eq!(unit(rows), None, "seconds of 1992 or Apple's of 2023: nothing tells");
    let by_core_data = format!("create table Z_METADATA (a int); create table Z_PRIMARYKEY (a int); {rows}");
    assert_eq!(unit(&by_core_data), Some(EpochUnit::AppleSeconds));
}
