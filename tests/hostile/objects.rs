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
               create trigger tr before insert on t begin select raise(abort, 'no') where new.a < 0; end";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert!(run.to_string().contains("create trigger tr") || run.to_string().contains("CREATE TRIGGER tr"), "{run}");
    assert_eq!(run.finding("view-left-out")["object"], "odd");
    assert_eq!(run.finding("trigger-left-out")["object"], "tr");
    assert_eq!(case.rows("select id, a from t order by id"), ["1|5", "2|7"]);
    assert_eq!(case.rows("select * from big"), ["2|7"]);
}

/// Row 57: triggers that mean the same in PostgreSQL do the same there.
#[test]
fn triggers_that_translate() {
    let sql = "create table t (id integer primary key, a int, s text, updated_at datetime); \
               create table log (id integer primary key autoincrement, t_id int, was text, is_ text, what text default 'none'); \
               create table bare (id integer primary key, n int); \
               create trigger touch after update on t for each row begin \
                 update t set updated_at = current_timestamp, s = 'touched' where id = new.id; end; \
               create trigger noted after update of a on t when old.a is not new.a begin \
                 insert into log (t_id, was, is_, what) values (new.id, old.s, new.s, 'change'); end; \
               create trigger gone after delete on t begin insert into log (id, t_id) values (null, old.id); end; \
               create trigger counted after insert on bare when new.n > 10 begin update bare set n = new.n - 1 where id = new.id; end; \
               insert into t values (1, 5, 'x', null), (2, 7, 'y', null)";
    let Some(case) = Case::of(sql) else { return };
    // Two triggers on one table, one of which writes it: whether one sets off the other is not the same.
    let run = case.goes_by("", &["trigger-left-out t ×1"]);
    assert_eq!(run.finding("trigger-left-out")["object"], "touch", "{run}");
    case.execute(
        "update t set a = 6 where id = 1; update t set a = 6, s = 'z' where id = 1; delete from t where id = 2",
    );
    assert_eq!(case.rows("select t_id, was, is_, what from log order by id"), ["1|x|x|change", "2|NULL|NULL|none"]);
    case.execute("insert into bare values (1, 20), (2, 3)");
    assert_eq!(case.rows("select id, n from bare order by id"), ["1|19", "2|3"]);
}

/// Row 57: a trigger that would set itself off does so in neither database.
#[test]
fn a_trigger_that_keeps_the_time_of_the_last_change() {
    let sql = "create table t (id integer primary key, a int, n int default 0, updated_at datetime); \
               create trigger touch after update on t begin \
                 update t set updated_at = datetime('now'), n = n + 1 where id = old.id; end; \
               insert into t (id, a) values (1, 5), (2, 5)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.warnings()), (0, Vec::<String>::new()), "{run}");
    case.execute("update t set a = 6");
    let rows = case
        .rows("select a, n, abs(extract(epoch from (now() at time zone 'UTC') - updated_at)) < 60 from t order by id");
    assert_eq!(rows, ["6|1|t", "6|1|t"]);
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

/// Row 60: a CHECK that the table's own rows break is found before anything is touched.
#[test]
fn rows_that_break_their_own_check() {
    let sql = "pragma ignore_check_constraints = on; \
               create table t (id integer primary key, n int constraint positive check (n > 0), s text check (length(s) < 3)); \
               insert into t values (1, 5, 'a'), (2, -1, 'b'), (3, null, 'ccc'), (4, 0, null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("check-violated t", "rowid 2: null")]);
    let counts: Vec<u64> =
        run.document["problems"].as_array().unwrap().iter().map(|found| found["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [2, 1], "{run}");
    let rule = crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap());
    case.goes_by(&rule, &["check-not-valid t ×3"]);
    assert_eq!(case.rows("select id, n, s from t order by id"), ["1|5|a", "2|-1|b", "3|NULL|ccc", "4|0|NULL"]);
    assert_eq!(case.fails("insert into t values (5, -7, 'x')").as_deref(), Some("23514"), "it holds for new rows");
    let checks =
        "select conname, convalidated from pg_constraint where contype = 'c' and conrelid = 't'::regclass order by 1";
    assert_eq!(case.rows(checks), ["positive|f", "t_check|f"]);
}

/// Row 59: tables of tools that the application reads go over, and that is said.
#[test]
fn tables_of_tools_that_the_application_reads() {
    let sql = "create table django_migrations (id integer primary key autoincrement, app varchar(255) not null); \
               insert into django_migrations values (1, 'auth'); \
               create table schema_migrations (version varchar primary key); insert into schema_migrations values ('20240101')";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(
        case.rows("select app from django_migrations union all select version from schema_migrations"),
        ["auth", "20240101"]
    );
    let notes = case.assess("").document["notes"].to_string();
    assert!(notes.contains("Django") && notes.contains("schema_migrations"), "{notes}");
}

/// Row 58: the module is not in this program's SQLite, and its shadow tables are the only place where the content is.
#[test]
fn virtual_tables_of_a_module_that_is_not_there() {
    let sql = "create table shapes_node (nodeno integer primary key, data); \
               create table shapes_parent (nodeno integer primary key, parentnode); \
               create table shapes_rowid (rowid integer primary key, nodeno, a0); insert into shapes_rowid values (7, 1, x'00ff'); \
               create table other (id integer primary key); \
               pragma writable_schema = on; \
               insert into sqlite_schema values ('table', 'shapes', 'shapes', 0, 'CREATE VIRTUAL TABLE shapes USING geopoly(a)'), \
               ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING no_such_module(x, y)')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    let tables = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace \
                  where nspname = 'public' and relkind = 'r' order by 1";
    assert_eq!(case.rows(tables), ["other", "shapes_rowid"], "{run}");
    assert_eq!(case.rows("select a0 from shapes_rowid"), ["\\x00ff"]);
    let said: Vec<&str> =
        run.document["warnings"].as_array().unwrap().iter().filter_map(|found| found["table"].as_str()).collect();
    assert!(said.contains(&"shapes") && said.contains(&"odd"), "{run}");
}

/// Row 58: full-text indexes that keep no texts of their own, and one of the older module.
#[test]
fn full_text_without_content_and_of_another_table() {
    let sql = "create table doc (id integer primary key, body text); insert into doc values (1, 'hola mundo'); \
               create virtual table by_table using fts5(body, content='doc', content_rowid='id'); \
               insert into by_table (by_table) values ('rebuild'); \
               create virtual table bare using fts5(body, content=''); insert into bare (rowid, body) values (1, 'x'); \
               create virtual table old using fts4(title, body); insert into old (docid, title, body) values (4, 'a', 'b')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    let tables = "select relname from pg_class c join pg_namespace n on n.oid = relnamespace \
                  where nspname = 'public' and relkind = 'r' order by 1";
    assert_eq!(case.rows(tables), ["doc", "old"], "{run}");
    assert_eq!(case.rows("select title, body from old"), ["a|b"]);
    for name in ["by_table", "bare", "old"] {
        let said = run.document["warnings"].as_array().unwrap().iter().find(|found| found["table"] == name);
        let remedy = said.unwrap_or_else(|| panic!("{name} is not said: {run}"))["remedy"].as_str().unwrap();
        assert!(remedy.contains("tsvector") && remedy.contains("pg_trgm"), "{remedy}");
    }
}
