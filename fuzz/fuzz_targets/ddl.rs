//! Any text as everything that SQLite keeps as SQL: tables, indexes, views, triggers, CHECKs, defaults, expressions. And as
//! SQL that SQLite runs, where it does.

#![no_main]

use std::sync::LazyLock;

use autobot_catalog::{Evidence, Rules, SourceCatalog};
use autobot_db::SchemaName;
use autobot_schema::{DecideOptions, ddl_text, decide, introspect};
use libfuzzer_sys::fuzz_target;
use rusqlite::Connection;

/// A database with one of each, whose texts are replaced.
const PATTERN: &str =
    "create table t (id integer primary key, a text default 'x', b real, g as (a || 'y'), check (a <> ''));
    create index i on t (lower(a)) where b > 1; create view v as select * from t; create virtual table f using fts5(a);
    create trigger r after insert on t begin select 1; end; create table c (t integer references t)";

static CATALOG: LazyLock<SourceCatalog> = LazyLock::new(|| {
    let connection = Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch(PATTERN).expect("the pattern");
    introspect(&connection).expect("the pattern")
});

fuzz_target!(|text: &str| {
    let mut catalog = CATALOG.clone();
    for table in &mut catalog.tables {
        table.sql = text.to_owned();
        table.checks = vec![(None, text.to_owned())];
        for column in &mut table.columns {
            column.default = column.default.as_ref().map(|_| text.to_owned());
            column.generated = column.generated.as_ref().map(|(_, stored)| (text.to_owned(), *stored));
        }
        for index in &mut table.indexes {
            index.sql = index.sql.as_ref().map(|_| text.to_owned());
            index.predicate = index.predicate.as_ref().map(|_| text.to_owned());
            for column in &mut index.columns {
                column.expression = column.expression.as_ref().map(|_| text.to_owned());
            }
        }
    }
    catalog.views.iter_mut().chain(&mut catalog.triggers).for_each(|object| object.sql = text.to_owned());
    decided(&catalog);

    let connection = Connection::open_in_memory().expect("a database in memory");
    // Only what makes objects: a query could run for ever.
    let makes = text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create"));
    if makes && !text.to_ascii_lowercase().contains("select") && connection.execute_batch(text).is_ok() {
        if let Ok(catalog) = introspect(&connection) {
            decided(&catalog);
        }
    }
});

fn decided(catalog: &SourceCatalog) {
    let target_schema = SchemaName::new("public").expect("a name");
    let options = DecideOptions { target_schema, additional_indexes: Vec::new(), flavor: Default::default() };
    let migration = decide(catalog, &Evidence::default(), None, &Rules::default(), &options);
    let _ = ddl_text(&migration.target);
}
