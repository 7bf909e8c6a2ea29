//! One small database for each class of hostile input: which problems and warnings it gets, and which types.

use autobot_catalog::{Migration, RowKey, Severity};
use autobot_schema::write_rules;

use crate::made::{assessed, decided};

/// The names of the codes of problems and warnings, sorted.
fn codes(migration: &Migration, severity: Severity) -> Vec<&str> {
    let of = migration.findings.iter().filter(|finding| finding.severity == severity);
    let mut names: Vec<&str> = of.map(|finding| finding.code.split(' ').nth(1).unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Problems, warnings and the types of the first table.
#[track_caller]
fn check(sql: &str, rules: &str, problems: &[&str], warnings: &[&str], types: &[&str]) -> Migration {
    let migration = assessed(sql, rules, None);
    let shown = format!("{sql}\n{:#?}", migration.findings);
    assert_eq!(codes(&migration, Severity::Problem), problems, "{shown}");
    assert_eq!(codes(&migration, Severity::Warning), warnings, "{shown}");
    let found: Vec<String> = migration.tables[0].columns.iter().map(|column| column.target_type.to_string()).collect();
    assert_eq!(found, types, "{shown}");
    migration
}

#[test]
fn text_in_an_integer_column() {
    let sql = "create table t (id integer primary key, n integer); insert into t values (1, 5), (2, 'abc')";
    let refused = check(sql, "", &["text-in-integer"], &[], &["BIGINT", "BIGINT"]);
    let finding = refused.findings.iter().find(|finding| finding.severity == Severity::Problem).unwrap();
    assert_eq!(finding.places[0].rowid, Some(2));
    assert!(finding.remedy.as_ref().unwrap().starts_with("[rules.tables.\"t\".columns.\"n\"] as = \"text\""));
    let rule = "[tables.t.columns.n]\nas = \"text\"";
    check(sql, rule, &[], &["changed-by-rule", "number-as-text"], &["BIGINT", "TEXT"]);
    check(sql, "[tables.t.columns.n]\non_invalid = \"null\"", &[], &["changed-by-rule"], &["BIGINT", "BIGINT"]);
}

#[test]
fn proposed_rules_let_it_go_over() {
    let sql = "create table \"t\"\"x\" (id integer primary key, n integer, d date, e int); \
               insert into \"t\"\"x\" values (1, 'abc', 'nope', 2.5), (2, 5, '2020-01-01', '')";
    let refused = assessed(sql, "", None);
    let rules = write_rules(&refused).replace("[rules.tables.", "[tables.");
    let migration = assessed(sql, &rules, None);
    assert_eq!(codes(&migration, Severity::Problem), Vec::<&str>::new(), "{rules}\n{:#?}", migration.findings);
}

#[test]
fn fractions_empty_texts_and_booleans() {
    check(
        "create table t (n integer); insert into t values (1), (2.32)",
        "",
        &["fraction-in-integer"],
        &[],
        &["BIGINT"],
    );
    check("create table t (n integer); insert into t values (''), (1)", "", &["empty-text"], &[], &["BIGINT"]);
    check("create table t (f boolean); insert into t values (0), (1), ('true'), ('f')", "", &[], &[], &["BOOLEAN"]);
    check("create table t (f boolean); insert into t values (0), (2)", "", &["not-a-boolean"], &[], &["BOOLEAN"]);
    check("create table t (f boolean); insert into t values ('yes')", "", &["not-a-boolean"], &[], &["BOOLEAN"]);
}

#[test]
fn undeclared_and_made_up_types_follow_what_is_stored() {
    check("create table t (a); insert into t values (1), ('2')", "", &[], &["untyped-column"], &["BIGINT"]);
    check("create table t (a); insert into t values ('x')", "", &[], &["untyped-column"], &["TEXT"]);
    check("create table t (a); insert into t values (x'ff')", "", &[], &["untyped-column"], &["BYTEA"]);
    check(
        "create table t (a string); insert into t values ('007'), ('x')",
        "",
        &[],
        &["number-as-text", "untyped-column"],
        &["TEXT"],
    );
    check("create table t (a hint); insert into t values (x'ff')", "", &[], &["untyped-column"], &["BYTEA"]);
    check(
        "create table t (a); insert into t values (1), ('x')",
        "",
        &["text-in-integer"],
        &["untyped-column"],
        &["BIGINT"],
    );
    check(
        "create table t (a varchar(3)); insert into t values ('abcdef')",
        "",
        &[],
        &["length-not-enforced"],
        &["TEXT"],
    );
    check("create table t (a any) strict; insert into t values (1)", "", &[], &["untyped-column"], &["BIGINT"]);
}

#[test]
fn texts_that_postgresql_cannot_hold() {
    let nul = "create table t (a text); insert into t values ('a' || char(0) || 'b')";
    check(nul, "", &["nul-in-text"], &[], &["TEXT"]);
    check(nul, "[tables.t.columns.a]\nnul = \"strip\"", &[], &["nul-changed"], &["TEXT"]);
    let utf8 = "create table t (a text); insert into t values (cast(x'61ff' as text))";
    check(utf8, "", &["invalid-utf8"], &[], &["TEXT"]);
    check(utf8, "[tables.t.columns.a]\nas = \"bytea\"", &[], &["changed-by-rule"], &["BYTEA"]);
    check("create table t (a json); insert into t values ('{')", "", &["not-json"], &[], &["JSON"]);
    check(
        "create table t (a jsonb); insert into t values ('{\"a\":\"\\u0000\"}')",
        "",
        &[],
        &["kept-as-json"],
        &["JSON"],
    );
    let long = "create table t (a text unique); insert into t values (printf('%.3000c', 'x'))";
    check(long, "", &["too-long-for-index"], &[], &["TEXT"]);
    check(long, "[tables.t.columns.a]\nlong_index = \"skip\"", &[], &["index-left-out"], &["TEXT"]);
}

#[test]
fn dates() {
    let t = |values: &str| format!("create table t (d datetime); insert into t values {values}");
    check(&t("(1627303906122)"), "", &[], &[], &["TIMESTAMP(6)"]);
    check(&t("(1627303906122), (1627303906)"), "", &["unknown-unit"], &[], &["TIMESTAMP(6)"]);
    check(
        &t("(1627303906122), ('2021-01-02 03:04:05'), ('2021-01-02T03:04:05.123Z')"),
        "",
        &[],
        &["read-as-utc"],
        &["TIMESTAMP(6)"],
    );
    check(&t("('2021-02-30 00:00:00')"), "", &["impossible-date"], &[], &["TIMESTAMP(6)"]);
    check(&t("('hello')"), "", &["not-a-date"], &[], &["TIMESTAMP(6)"]);
    check(
        &t("(20000000000)"),
        "[tables.t.columns.d]\nunit = \"seconds\"",
        &[],
        &["changed-by-rule"],
        &["TIMESTAMP(6)"],
    );
    check("create table t (d date); insert into t values ('2021-01-02')", "", &[], &[], &["DATE"]);
    check(
        "create table t (d date); insert into t values (1627303906122)",
        "",
        &[],
        &["another-type"],
        &["TIMESTAMP(6)"],
    );
}

#[test]
fn numbers() {
    check(
        "create table t (n decimal(10,2)); insert into t values (1.10)",
        "",
        &[],
        &["decimal-from-real"],
        &["DECIMAL"],
    );
    check("create table t (n numeric); insert into t values (9e999)", "", &["infinite"], &[], &["DECIMAL"]);
    check("create table t (n real); insert into t values (9e999), (-0.0)", "", &[], &[], &["DOUBLE PRECISION"]);
    check(
        "create table t (n int); insert into t values (-9223372036854775808)",
        "",
        &[],
        &["beyond-javascript"],
        &["BIGINT"],
    );
    check(
        "create table t (n int); insert into t values (9223372036854775808)",
        "",
        &[],
        &["precision-already-lost"],
        &["DOUBLE PRECISION"],
    );
}

#[test]
fn keys_and_references() {
    let orphan =
        "create table p (id integer primary key); create table c (p int references p); insert into c values (7)";
    let migration = assessed(orphan, "", None);
    assert_eq!(codes(&migration, Severity::Problem), ["orphans"]);
    let kept = assessed(orphan, "[tables.c]\norphans = \"not_valid\"", None);
    assert!(kept.target.foreign_keys[0].not_valid && kept.target.foreign_keys[0].sql.ends_with(" NOT VALID"));
    let apart = assessed(orphan, "[tables.c]\norphans = \"quarantine\"", None);
    assert_eq!(apart.tables[1].quarantine_orphans.len(), 1);
    let null = "create table t (k text primary key); insert into t values (null), (null)";
    check(null, "", &["null-in-primary-key"], &[], &["TEXT"]);
    let surrogate = check(null, "[tables.t]\nsurrogate_key = \"id\"", &[], &["surrogate-key"], &["TEXT"]);
    assert!(surrogate.target.tables[0].sql.contains("\"id\" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY"));
    assert_eq!(surrogate.target.indexes.iter().filter(|index| index.primary).count(), 1);
    assert_eq!(surrogate.target.indexes.len(), 2, "the old key stays unique");
}

#[test]
fn sequences_go_on_after_the_last_id_ever_given_out() {
    let last = |sql: &str| assessed(sql, "", None).target.sequences[0].last;
    let made = "create table t (id integer primary key autoincrement, v); ";
    assert_eq!(last(&format!("{made} insert into t values (101, 1); delete from t")), Some(101));
    assert_eq!(last(made), None);
    assert_eq!(last("create table t (id integer primary key); insert into t values (1)"), Some(1));
    assert_eq!(last("create table t (id integer primary key); insert into t values (-5)"), None);
    let desc = decided("create table t (id integer primary key desc)");
    assert!(desc.target.sequences.is_empty() && desc.tables[0].key == RowKey::None);
}

#[test]
fn names() {
    let long = "x".repeat(64);
    let migration = decided(&format!("create table \"{long}\" (a int, xmin int, \"{long}\" int)"));
    assert_eq!(codes(&migration, Severity::Problem), ["name-too-long", "system-column"]);
    let two = "create table a (x int); create table b (x int)";
    let migration = assessed(two, "[tables.a]\nrename = \"b\"", None);
    assert_eq!(codes(&migration, Severity::Problem), ["name-collision"]);
    let wide = (0..1700).map(|at| format!("c{at} int")).collect::<Vec<_>>().join(", ");
    let migration = decided(&format!("create table t ({wide})"));
    assert_eq!(codes(&migration, Severity::Problem), ["too-many-columns"]);
    let migration = assessed(
        two,
        "[tables.nope]\nskip = true\n[tables.a.columns.z]\nas = \"text\"\n[tables.b.columns.x]\nas = \"nope\"",
        None,
    );
    assert_eq!(codes(&migration, Severity::Problem), ["rule-without-object", "unknown-type"]);
}

#[test]
fn bookkeeping_stays_and_the_tables_of_frameworks_go() {
    let sql = "create table _prisma_migrations (a int); create table _litestream_seq (a int); \
               create table django_migrations (a int); create table schema_migrations (a int); \
               create table t (id integer primary key autoincrement); analyze";
    let migration = decided(sql);
    let kept: Vec<&str> = migration.tables.iter().map(|table| table.source.as_str()).collect();
    assert_eq!(kept, ["django_migrations", "schema_migrations", "t"]);
    let left: Vec<&str> = migration.skipped.iter().map(|skipped| skipped.table.as_str()).collect();
    assert!(["_prisma_migrations", "_litestream_seq", "sqlite_sequence"].iter().all(|name| left.contains(name)));
}

#[test]
fn a_full_text_table_keeps_its_rows_and_rowid() {
    let sql = "create virtual table f using fts5(title, body); insert into f(rowid, title, body) values (7, 'a', 'b')";
    let migration = check(sql, "", &[], &["untyped-column", "virtual-table"], &["BIGINT", "TEXT", "TEXT"]);
    assert_eq!(migration.tables.len(), 1);
    assert_eq!(migration.tables[0].key, RowKey::RowidColumn(0));
    assert_eq!(migration.tables[0].rows, Some(1));
}

#[test]
fn a_partial_unique_index_is_never_made_full() {
    let migration = decided("create table t (a int, b text); create unique index u on t (a) where json_valid(b)");
    assert!(migration.target.indexes.is_empty());
    assert_eq!(codes(&migration, Severity::Warning), ["partial-index-left-out"]);
    let migration = decided("create table t (a int, b text); create unique index u on t (a) where b = 'x'");
    assert_eq!(migration.target.indexes[0].sql, "CREATE UNIQUE INDEX \"u\" ON \"t\"(\"a\") WHERE \"b\" = 'x'");
}

#[test]
fn nocase_uniqueness_is_kept() {
    let migration = decided("create table t (e text unique collate nocase)");
    assert!(migration.target.indexes[0].sql.ends_with("ON \"t\"(lower(\"e\" COLLATE \"C\"))"));
    let migration =
        assessed("create table t (e text unique collate nocase)", "[tables.t.columns.e]\nas = \"citext\"", None);
    assert!(migration.target.indexes[0].sql.ends_with("ON \"t\"(\"e\")"));
    assert_eq!(migration.target.extensions, ["citext"]);
}
