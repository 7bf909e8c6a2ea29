//! What databases of real applications hold, and which types it gets.

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

/// The tables of zigpy: `ieee` is no known type, and some tables are empty.
#[test]
fn a_child_of_a_child_has_the_type_of_the_first_parent() {
    let sql = "create table c (id ieee references b); create table b (id ieee primary key references a); \
               create table a (id ieee primary key); insert into a values ('00:0d')";
    assert_eq!(types(sql), (["TEXT", "TEXT", "TEXT"].map(str::to_owned).to_vec(), 2));
}
