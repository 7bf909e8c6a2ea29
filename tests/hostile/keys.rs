//! Section 2e: keys and references.

use crate::case::Case;

const ORPHANS: &str = "create table p (id integer primary key); insert into p values (1); \
    create table c (id integer primary key, p int references p (id)); insert into c values (10, 1), (11, 7), (12, null), (13, 8); \
    create table g (id integer primary key, c int references c (id), up int references g (id)); \
    insert into g values (20, 10, null), (21, 11, null), (22, 10, 21), (23, 10, 20), (24, 99, 22)";

/// Row 41.
#[test]
fn orphans_are_listed_and_refused() {
    let Some(case) = Case::of(ORPHANS) else { return };
    let run = case.refuses(&[("orphans c", ""), ("orphans g", "")]);
    let problems = run.document["problems"].as_array().unwrap();
    let of_c = problems.iter().find(|problem| problem["table"] == "c").unwrap();
    assert_eq!(of_c["count"], 2);
    let rows: Vec<i64> =
        of_c["places"].as_array().unwrap().iter().map(|place| place["rowid"].as_i64().unwrap()).collect();
    assert_eq!(rows, [11, 13]);
    assert_eq!(case.fails("select from c").as_deref(), Some("42P01"));
}

/// Row 41.
#[test]
fn orphans_are_kept_under_a_key_not_valid() {
    let Some(case) = Case::of(ORPHANS) else { return };
    let run = case.copy("[rules.tables.c]\norphans = \"not_valid\"\n[rules.tables.g]\norphans = \"not_valid\"");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(case.rows("select count(*) from c union all select count(*) from g"), ["4", "5"]);
    let keys = "select conrelid::regclass, convalidated from pg_constraint where contype = 'f' order by 1, 2";
    assert_eq!(case.rows(keys).iter().filter(|row| row.as_str() == "c|f").count(), 1);
    assert_eq!(case.fails("insert into c values (14, 99)").as_deref(), Some("23503"), "the key holds for new rows");
}

/// Rows 41 and 42: what refers to an orphan is an orphan.
#[test]
fn orphans_of_orphans_go_to_quarantine_together() {
    let Some(case) = Case::of(ORPHANS) else { return };
    let run = case.copy("[rules.tables.c]\norphans = \"quarantine\"\n[rules.tables.g]\norphans = \"quarantine\"");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(case.rows("select id from c order by 1"), ["10", "12"]);
    assert_eq!(case.rows("select id from g order by 1"), ["20", "23"]);
    let kept = case.rows("select table_name, row_id from autobot_quarantine.rows order by 1, 2");
    assert_eq!(kept, ["c|11", "c|13", "g|21", "g|22", "g|24"]);
    let valid = "select bool_and(convalidated), count(*) from pg_constraint where contype = 'f'";
    assert_eq!(case.rows(valid), ["t|3"]);
}

/// Row 43.
#[test]
fn reference_to_a_table_that_does_not_exist() {
    let Some(case) =
        Case::of("create table c (id integer primary key, p int references gone (id)); insert into c values (1, 5)")
    else {
        return;
    };
    case.goes_by("", &["no-parent-table c ×1"]);
    assert_eq!(case.rows("select id, p from c"), ["1|5"]);
    assert_eq!(case.value("select count(*) from pg_constraint where contype = 'f'"), "0");
}

/// Row 44.
#[test]
fn reference_without_a_parent_column() {
    let sql = "create table p (k text primary key, n int) without rowid; insert into p values ('a', 1); \
               create table c (id integer primary key, p text references p); insert into c values (1, 'a')";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    let key = "select pg_get_constraintdef(oid) from pg_constraint where contype = 'f'";
    assert!(case.value(key).contains("REFERENCES p(k)"), "{}", case.value(key));
}

/// Row 45.
#[test]
fn composite_reference() {
    let sql = "create table p (a int, b text, primary key (a, b)); insert into p values (1, 'x'); \
               create table c (id integer primary key, a int, b text, foreign key (a, b) references p (a, b) on delete cascade); \
               insert into c values (1, 1, 'x'), (2, 9, null)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    let keys = case.rows("select pg_get_constraintdef(oid) from pg_constraint where contype = 'f'");
    assert_eq!(keys, ["FOREIGN KEY (a, b) REFERENCES p(a, b) ON DELETE CASCADE"]);
}

/// Row 46.
#[test]
fn self_reference_and_a_cycle_between_tables() {
    let sql = "create table a (id integer primary key, b int references b (id), up int references a (id)); \
               create table b (id integer primary key, a int references a (id)); \
               insert into a values (1, 2, 3), (2, 1, null), (3, null, 1); insert into b values (1, 2), (2, 1)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(case.rows("select id, b, up from a order by 1"), ["1|2|3", "2|1|NULL", "3|NULL|1"]);
    assert_eq!(case.value("select count(*) from pg_constraint where contype = 'f' and convalidated"), "3");
}

/// Row 47.
#[test]
fn null_in_a_primary_key() {
    let sql = "create table t (k text primary key, v int); insert into t values (null, 1), (null, 2), ('a', 3)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("null-in-primary-key t.k", "rowid 1: null")]);
    assert_eq!(run.document["problems"][0]["count"], 2);
    let rule = crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap());
    case.goes_by(&rule, &["surrogate-key t ×1"]);
    assert_eq!(case.rows("select k, v from t order by v"), ["NULL|1", "NULL|2", "a|3"]);
    assert_eq!(
        case.fails("insert into t (k, v) values ('a', 9)").as_deref(),
        Some("23505"),
        "the old key stays unique"
    );
    let primary = "select attname from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey) where indisprimary and indrelid = 't'::regclass";
    assert_eq!(case.rows(primary), ["id"]);
}

/// Row 47: what refers to the replaced key goes over where that stays a plain unique key, else it is left out and said.
#[test]
fn a_reference_to_a_key_that_a_rule_replaces() {
    let sql = "create table t (a text, b text, up text, primary key (a), foreign key (up) references t);
        create table n (a text, b text collate nocase, up text, ub text, primary key (a, b),
            foreign key (up, ub) references n (a, b));
        insert into t values (null, 'x', null), ('k', 'y', 'k');
        insert into n values (null, 'x', null, null), ('k', 'y', 'k', 'y')";
    let Some(case) = Case::of(sql) else { return };
    let rules = "[rules.tables.t]\nsurrogate_key = \"id\"\n[rules.tables.n]\nsurrogate_key = \"id\"\n";
    case.goes_by(rules, &["nocase n.b ×1", "parent-not-unique n ×1", "surrogate-key n ×1", "surrogate-key t ×1"]);
    assert_eq!(case.rows("select conrelid::regclass::text from pg_constraint where contype = 'f'"), ["t"]);
}

/// Row 48.
#[test]
fn nulls_are_no_duplicates() {
    let sql = "create table t (id integer primary key, a text unique, b int, unique (a, b)); \
               insert into t values (1, null, 1), (2, null, 1), (3, 'x', 1)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(case.rows("select id, a from t order by 1"), ["1|NULL", "2|NULL", "3|x"]);
    assert_eq!(case.fails("insert into t values (4, 'x', 1)").as_deref(), Some("23505"));
}

/// The id that PostgreSQL gives to a row without one.
fn next(case: &Case) -> String {
    case.value("insert into t (v) values (null) returning id")
}

/// Rows 49, 50 and 51.
#[test]
fn ids_go_on_after_the_last_one_ever_given_out() {
    for (rows, expected) in [
        ("insert into t values (101, 1); delete from t", "102"),
        ("", "1"),
        ("insert into t values (1, 1), (7, 1)", "8"),
        ("insert into t values (50, 1), (60, 1); delete from t where id = 60", "61"),
        (
            "insert into t values (5, 1); delete from sqlite_sequence; insert into sqlite_sequence values (null, null)",
            "6",
        ),
    ] {
        let sql = format!("create table t (id integer primary key autoincrement, v int); {rows}");
        let Some(case) = Case::of(&sql) else { return };
        case.goes();
        assert_eq!(next(&case), expected, "{rows}");
    }
    let plain = Case::of("create table t (id integer primary key, v int); insert into t values (9, 1)").unwrap();
    plain.goes();
    assert_eq!(next(&plain), "10");
}

/// Row 52.
#[test]
fn a_descending_integer_key_is_no_rowid() {
    let sql = "create table t (id integer primary key desc, v int); insert into t (v) values (1), (2); insert into t values (7, 3)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("null-in-primary-key t.id", "rowid 1: null")]);
    assert_eq!(run.document["problems"][0]["count"], 2);
    let case = Case::of("create table t (id integer primary key desc, v int); insert into t values (7, 3)").unwrap();
    case.goes();
    assert_eq!(case.rows("select id, v from t"), ["7|3"]);
    assert_eq!(case.fails("insert into t (v) values (1)").as_deref(), Some("23502"), "no id comes by itself");
}

/// Row 53.
#[test]
fn tables_without_rowid_and_tables_without_key() {
    let sql = "create table w (a text, b int, v text, primary key (b, a)) without rowid; \
               insert into w values ('x', 1, 'one'), ('y', 1, 'two'); \
               create table bag (v text); insert into bag values ('same'), ('same'), (null), ('other')";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(case.rows("select * from w order by a"), ["x|1|one", "y|1|two"]);
    assert_eq!(case.rows("select v, count(*) from bag group by v order by v"), ["other|1", "same|2", "NULL|1"]);
    let key = "select pg_get_indexdef(indexrelid) from pg_index where indisprimary and indrelid = 'w'::regclass";
    assert!(case.value(key).contains("(b, a)"));

    let bad =
        "create table w (a text, b int, v int, primary key (b, a)) without rowid; insert into w values ('x', 1, 'bad')";
    Case::of(bad).unwrap().refuses(&[("text-in-integer w.v", "key 1,x: text 626164")]);
}

/// Row 42: a parent that goes to quarantine for a value takes its children along only by rule, and that is told before.
#[test]
fn children_of_a_row_in_quarantine() {
    let sql = "create table p (id integer primary key, n integer); insert into p values (1, 'bad'), (2, 5); \
               create table c (id integer primary key, p int references p (id)); insert into c values (1, 1), (2, 2)";
    let Some(case) = Case::of(sql) else { return };
    let aside = "[rules.tables.p.columns.n]\non_invalid = \"quarantine\"\n";
    let run = case.refuses_by(aside, &[("orphans c", "")]);
    let rule = crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap());
    let run = case.copy(&format!("{aside}{rule}"));
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(case.rows("select id from p union all select id + 10 from c"), ["2", "12"]);
    let kept = case.rows("select table_name, row_id from autobot_quarantine.rows order by 1");
    assert_eq!(kept, ["c|1", "p|1"]);
}
