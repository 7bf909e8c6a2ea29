//! Section 2f: schema objects.

use crate::case::Case;

/// Row 54.
#[test]
fn partial_unique_index() {
    let sql = "create table t (id integer primary key, mail text, gone int); \
               create unique index live on t (mail) where gone is null; \
               insert into t values (1, 'a', null), (2, 'a', 1), (3, 'a', 2)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(case.fails("insert into t values (4, 'a', 3)"), None, "the predicate is kept");
    assert_eq!(case.fails("insert into t values (5, 'a', null)").as_deref(), Some("23505"));
}

/// Row 54: a predicate that PostgreSQL does not know never becomes a full index.
#[test]
fn partial_unique_index_that_does_not_translate() {
    let sql = "create table t (id integer primary key, a int, j text); insert into t values (1, 5, 'x'), (2, 5, 'y'); \
               create unique index u on t (a) where json_valid(j)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.goes_by("", &["partial-index-left-out t ×1"]);
    assert!(run.to_string().contains("json_valid"), "the warning gives its SQL: {run}");
    assert_eq!(case.value("select count(*) from pg_indexes where tablename = 't' and indexname <> 't_pkey'"), "0");
    assert_eq!(case.fails("insert into t values (3, 5, 'z')"), None);
}

/// Row 55.
#[test]
fn expression_index() {
    let sql = "create table t (id integer primary key, a int, b text); insert into t values (1, 5, 'x'); \
               create unique index sums on t (a + 1, b); create index odd on t (printf('%d', a))";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["expression-index-left-out t ×1"]);
    assert_eq!(case.fails("insert into t values (2, 5, 'x')").as_deref(), Some("23505"));
    assert_eq!(case.value("select count(*) from pg_indexes where indexname = 'odd'"), "0");
}

/// Row 56.
#[test]
fn generated_columns() {
    let sql = "create table t (id integer primary key, a int, b int as (a * 2) stored, c text as (printf('%05d', a)) virtual); \
               insert into t (id, a) values (1, 21), (2, null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.finding("generated-column-kept")["column"], "c", "{run}");
    let rows = case.rows("select a, b, c from t order by id");
    assert_eq!(rows[0], "21|42|00021");
    // `printf('%05d', NULL)` is '00000' in SQLite.
    assert_eq!(rows[1], "NULL|NULL|00000");
    case.execute("insert into t (id, a) values (3, 50)");
    assert_eq!(case.value("select b from t where id = 3"), "100", "the expression is there");
}

/// Row 57.
#[test]
fn views_and_triggers() {
    let sql = "create table t (id integer primary key, a int); insert into t values (1, 5), (2, 7); \
               create view big as select id, a from t where a > 5; \
               create view odd as select group_concat(printf('%d', a)) as g from t; \
               create trigger tr after insert on t begin update t set a = 0 where id = new.id; end";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert!(run.to_string().contains("create trigger tr") || run.to_string().contains("CREATE TRIGGER tr"), "{run}");
    assert_eq!(run.finding("view-left-out")["object"], "odd");
    assert_eq!(run.finding("trigger-left-out")["object"], "tr");
    assert_eq!(case.rows("select id, a from t order by id"), ["1|5", "2|7"]);
    assert_eq!(case.rows("select * from big"), ["2|7"]);
}

/// Row 58.
#[test]
fn full_text_and_r_tree() {
    let sql = "create virtual table notes using fts5(title, body); insert into notes (rowid, title, body) values (7, 'uno', 'hola mundo'); \
               create virtual table box using rtree(id, x0, x1); insert into box values (3, 1.5, 2.5); \
               create table t (id integer primary key); insert into t values (1)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    let tables = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace \
                  where nspname = 'public' and relkind = 'r' order by 1";
    assert_eq!(case.rows(tables), ["box", "notes", "t"], "no shadow table");
    assert_eq!(case.rows("select title, body from notes"), ["uno|hola mundo"]);
    assert_eq!(case.rows("select id, x0, x1 from box"), ["3|1.5|2.5"]);
    assert!(run.finding("virtual-table")["remedy"].as_str().unwrap().contains("tsvector"), "{run}");
}

/// Row 59.
#[test]
fn bookkeeping_of_tools() {
    let sql = "create table t (id integer primary key autoincrement, a int); insert into t values (1, 1); \
               create table _litestream_seq (id integer primary key, seq int); insert into _litestream_seq values (1, 5); \
               create table _litestream_lock (id int); \
               create table _prisma_migrations (id text primary key, checksum text); insert into _prisma_migrations values ('a', 'b'); \
               create table _autobot_log (a int); create index i on t (a); analyze";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated")), "{run}");
    let skipped = run.document["skipped"].to_string();
    for name in ["_litestream_seq", "_litestream_lock", "_prisma_migrations", "_autobot_log", "sqlite_stat1"] {
        assert!(skipped.contains(name), "`{name}` is not reported: {skipped}");
    }
    let tables = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'public' and relkind = 'r'";
    assert_eq!(case.rows(tables), ["t"]);
}

/// Row 60.
#[test]
fn checks_with_glob_typeof_and_like() {
    let sql = "create table t (id integer primary key, a text check (a glob '[a-z]*'), b int check (typeof(b) = 'integer'), \
               c text check (c like 'x%'), d int check (d > 0)); insert into t values (1, 'abc', 5, 'Xy', 1)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    let left = |name: &str| {
        run.warnings().iter().any(|warning| warning.starts_with("check-left-out")) && run.to_string().contains(name)
    };
    let refused = |set: &str| case.fails(&format!("update t set {set} where id = 1")).as_deref() == Some("23514");
    assert!(refused("d = 0"), "a plain CHECK is kept");
    assert!(refused("a = '9'") || left("glob"), "{run}");
    assert!(refused("c = 'y'") || left("like"), "{run}");
    assert!(!refused("c = 'XY'"), "LIKE is case-blind in SQLite");
    assert!(!refused("a = 'zz'") && !refused("b = 6"), "what was allowed stays so");
    assert!(refused("b = null") || left("typeof"), "typeof(NULL) is 'null': {run}");
}

/// Row 61.
#[test]
fn double_quoted_default_is_a_string() {
    let sql = "create table t (id integer primary key, a text default \"hi\", b text default 'it''s', c text default \"say \"\"id\"\"\", d int default \"5\")";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    case.execute("insert into t (id) values (1)");
    assert_eq!(case.rows("select a, b, c, d from t"), ["hi|it's|say \"id\"|5"]);
}

/// Row 62.
#[test]
fn actions_and_deferrable_are_kept() {
    let sql = "create table p (id integer primary key); create table c (id integer primary key, \
               a int references p on delete cascade on update set null, b int references p on delete set default, \
               d int references p deferrable initially deferred, e int references p on delete restrict)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(
        case.rows("select pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by conkey"),
        [
            "FOREIGN KEY (a) REFERENCES p(id) ON UPDATE SET NULL ON DELETE CASCADE",
            "FOREIGN KEY (b) REFERENCES p(id) ON DELETE SET DEFAULT",
            "FOREIGN KEY (d) REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED",
            "FOREIGN KEY (e) REFERENCES p(id) ON DELETE RESTRICT",
        ]
    );
}
