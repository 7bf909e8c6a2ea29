use autobot_catalog::{SourceCatalog, TableKind};
use rusqlite::Connection;

use super::*;

fn catalog(sql: &str) -> SourceCatalog {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    introspect(&connection).unwrap()
}

#[test]
fn the_rowid_alias_is_the_exact_one() {
    let alias = |sql: &str| catalog(sql).tables[0].rowid_alias.as_ref().map(|name| name.as_str().to_owned());
    assert_eq!(alias("create table t (a Integer primary key)").as_deref(), Some("a"));
    assert_eq!(alias("create table t (a integer, primary key (a desc))").as_deref(), Some("a"));
    assert_eq!(alias("create table t (a integer primary key desc)"), None);
    assert_eq!(alias("create table t (a int primary key)"), None);
    assert_eq!(alias("create table t (a integer, b, primary key (a, b))"), None);
    assert_eq!(alias("create table t (a integer primary key) without rowid"), None);
}

#[test]
fn words_for_the_rowid() {
    let word = |sql: &str| catalog(sql).tables[0].rowid_word.clone();
    assert_eq!(word("create table t (a)").as_deref(), Some("rowid"));
    assert_eq!(word("create table t (RowId)").as_deref(), Some("_rowid_"));
    assert_eq!(word("create table t (rowid, oid, _rowid_)"), None);
    assert_eq!(word("create table t (a primary key) without rowid"), None);
}

#[test]
fn foreign_keys_keep_their_order_and_names() {
    let catalog = catalog(
        "create table t (a references p deferrable initially deferred, b, c, \
         constraint two foreign key (b, c) references q (x, y) on delete cascade)",
    );
    let keys = &catalog.tables[0].foreign_keys;
    assert!(keys[0].deferred && keys[0].parent_columns.is_empty() && keys[0].name.is_none());
    assert_eq!((keys[1].name.as_deref(), keys[1].on_delete.as_str()), (Some("two"), "CASCADE"));
    assert_eq!(keys[1].columns.len(), 2);
}

#[test]
fn generated_columns_partial_and_expression_indexes() {
    let catalog = catalog(
        "create table t (a int, b text collate nocase, c int generated always as (a + 1) stored, d as (a)); \
         create index i on t (a desc, lower(b)) where a > 1",
    );
    let table = &catalog.tables[0];
    assert_eq!(table.columns[2].generated, Some(("a + 1".to_owned(), true)));
    assert_eq!(table.columns[2].declared.to_ascii_lowercase(), "int");
    assert_eq!(table.columns[3].generated, Some(("a".to_owned(), false)));
    let index = &table.indexes[0];
    assert_eq!(index.predicate.as_deref(), Some("a > 1"));
    assert!(index.columns[0].descending && index.columns[1].expression.as_deref() == Some("lower(b)"));
    assert_eq!(table.columns[1].collation.as_deref(), Some("nocase"));
}

#[test]
fn sequences_and_their_odd_rows() {
    let catalog = catalog(
        "create table t (id integer primary key autoincrement); insert into t values (101); delete from t; \
         insert into sqlite_sequence values (null, null), ('t', 7), ('x', 'y')",
    );
    let table = catalog.table("T").unwrap();
    assert!(table.autoincrement);
    assert_eq!(table.sequence, Some(101));
}

#[test]
fn virtual_tables_and_their_shadows() {
    let catalog = catalog(
        "create table c (id integer primary key, b); create virtual table f using fts5(a, b); \
         create virtual table e using fts5(b, content='c', content_rowid='id'); \
         create virtual table r using rtree(id, x0, x1); create virtual table v using fts5vocab(f, row)",
    );
    let kind = |name: &str| &catalog.table(name).unwrap().kind;
    assert_eq!(*kind("f"), TableKind::Virtual { module: "fts5".to_owned(), readable: true });
    assert_eq!(*kind("e"), TableKind::Virtual { module: "fts5".to_owned(), readable: false });
    assert_eq!(*kind("v"), TableKind::Virtual { module: "fts5vocab".to_owned(), readable: false });
    assert!(matches!(kind("f_content"), TableKind::Shadow { of } if of.as_str() == "f"));
    assert!(matches!(kind("r_node"), TableKind::Shadow { .. }));
    assert_eq!(*kind("c"), TableKind::Ordinary);
    let columns: Vec<&str> = catalog
        .table("f")
        .unwrap()
        .columns
        .iter()
        .filter(|column| !column.hidden)
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(columns, ["rowid", "a", "b"]);
}

#[test]
fn a_missing_module_leaves_its_tables_as_they_are() {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "create table x_chunks (a); pragma writable_schema = on; \
             insert into sqlite_schema values ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING vec0(a float[3])'); \
             insert into sqlite_schema values ('table', 'f', 'f', 0, 'CREATE VIRTUAL TABLE f USING fts5(a, tokenize=''nope'')'); \
             pragma writable_schema = reset; create table f_content (id integer primary key, c0)",
        )
        .unwrap();
    let catalog = introspect(&connection).unwrap();
    let kind = |name: &str| &catalog.table(name).unwrap().kind;
    assert_eq!(*kind("x"), TableKind::Virtual { module: "vec0".to_owned(), readable: false });
    assert_eq!(*kind("x_chunks"), TableKind::Ordinary);
    assert_eq!(*kind("f"), TableKind::Virtual { module: "fts5".to_owned(), readable: false });
    assert_eq!(*kind("f_content"), TableKind::Ordinary, "the texts are not lost");
}

#[test]
fn an_empty_name_is_refused() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("create table t (\"\" int)").unwrap();
    assert_eq!(
        introspect(&connection).unwrap_err().to_string(),
        "a column of `t` has an empty name, which PostgreSQL cannot hold"
    );
}
