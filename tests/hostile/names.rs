//! Section 2g: names.

use crate::case::Case;

/// Tables and columns of the published schema.
fn columns(case: &Case) -> Vec<String> {
    case.rows(
        "select relname || '.' || attname from pg_attribute join pg_class c on c.oid = attrelid \
         join pg_namespace n on n.oid = relnamespace where nspname = 'public' and relkind = 'r' and attnum > 0 \
         order by relname collate \"C\", attnum",
    )
}

/// Row 63.
#[test]
fn camel_case() {
    let sql = "create table \"ChatState\" (\"botId\" text primary key, lastSeenAt int, LASTSEEN int); insert into \"ChatState\" values ('a', 1, 2)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(columns(&case), ["ChatState.botId", "ChatState.lastSeenAt", "ChatState.LASTSEEN"]);
    assert_eq!(case.rows("select \"botId\", \"lastSeenAt\", \"LASTSEEN\" from \"ChatState\""), ["a|1|2"]);
}

/// Row 64.
#[test]
fn reserved_words_spaces_quotes_and_emoji() {
    let sql = "create table \"order\" (\"select\" integer primary key, \"two words\" text, \"it's\" text, \"say \"\"hi\"\"\" text, \"😀\" int, \"user\" int unique, [b.c] int); \
               insert into \"order\" values (1, 'a', 'b', 'c', 5, 6, 7); \
               create table \"\ttab\n\" (\" \" int); insert into \"\ttab\n\" values (9); \
               create index \"my index\" on \"order\" (\"two words\")";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(
        case.rows(
            "select \"select\", \"two words\", \"it's\", \"say \"\"hi\"\"\", \"😀\", \"user\", \"b.c\" from \"order\""
        ),
        ["1|a|b|c|5|6|7"]
    );
    assert_eq!(case.rows("select \" \" from \"\ttab\n\""), ["9"]);
    assert_eq!(case.value("select count(*) from pg_indexes where indexname = 'my index'"), "1");
}

/// Row 64: names that differ only by case in SQLite cannot exist side by side, but objects of different kinds collide.
#[test]
fn an_index_named_like_a_table() {
    let sql = "create table a (x int); create table b (x int); create index t_pkey on a (x); create table t (id integer primary key)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.value("select count(*) from pg_constraint where contype = 'p' and conrelid = 't'::regclass"), "1");
    assert_eq!(case.value("select count(*) from pg_index where indrelid = 'a'::regclass"), "1");
}

/// Row 64.
#[test]
fn a_collision_in_postgresql_is_refused() {
    let Some(case) =
        Case::of("create table a (x int); create table b (x int); insert into a values (1); insert into b values (2)")
    else {
        return;
    };
    let run = case.refuses_by("[rules.tables.a]\nrename = \"b\"", &[("name-collision b", "")]);
    assert!(run.document["problems"][0].to_string().contains("`a`"), "both names: {run}");
    case.goes_by("[rules.tables.a]\nrename = \"A\"", &["renamed a ×1"]);
    assert_eq!(case.rows("select x from \"A\" union all select x from b"), ["1", "2"]);
}

/// Row 64: names of PostgreSQL's own columns.
#[test]
fn a_column_named_like_a_system_column() {
    let Some(case) = Case::of("create table t (id integer primary key, xmin int); insert into t values (1, 5)") else {
        return;
    };
    case.refuses_until_allowed(("system-column t.xmin", ""), &["renamed t.xmin ×1"]);
    assert_eq!(case.rows("select xmin_ from t"), ["5"]);
}

/// Row 64: the R-trees of `SpatiaLite`.
#[test]
fn an_r_tree_with_columns_named_like_system_columns() {
    let sql =
        "create virtual table box using rtree(pkid, xmin, xmax, ymin, ymax); insert into box values (1, 2, 3, 4, 5)";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["system-column box.xmax ×1", "system-column box.xmin ×1", "virtual-table box ×1"]);
    assert_eq!(case.rows("select pkid, xmin_, xmax_, ymin, ymax from box"), ["1|2|3|4|5"]);
}

/// Row 65.
#[test]
fn names_over_63_bytes() {
    let long = "ñ".repeat(32);
    let sql = format!("create table \"{long}\" (id integer primary key, a int); insert into \"{long}\" values (1, 5)");
    let Some(case) = Case::of(&sql) else { return };
    case.refuses(&[(&format!("name-too-long {long}"), "")]);
    case.goes_by(&format!("[rules.tables.\"{long}\"]\nrename = \"short\""), &[&format!("renamed {long} ×1")]);
    assert_eq!(case.rows("select a from short"), ["5"]);

    let (one, two) = (format!("{}1", "x".repeat(63)), format!("{}2", "x".repeat(63)));
    let sql = format!("create table t (\"{one}\" int, \"{two}\" int); insert into t values (1, 2)");
    let case = Case::of(&sql).unwrap();
    let run = case.copy("");
    let both = [format!("name-too-long t.{one} ×1"), format!("name-too-long t.{two} ×1")];
    assert!(both.iter().all(|name| run.problems().contains(name)), "{run}");
    assert!(run.finding("name-collision").to_string().matches("xxx1`").count() == 1, "both names: {run}");
    let proposed = case.proposed_rules();
    assert_eq!(run.code, 5);
    assert_eq!(case.copy(&proposed).code, 0, "the proposed short names are stable and distinct: {proposed}");
    let renamed = columns(&case);
    assert!(renamed.len() == 2 && renamed.iter().all(|name| name.len() <= 65), "{renamed:?}");
}

/// Row 66.
#[test]
fn hostile_names_and_defaults_are_never_executed() {
    let table = "x\"; DROP TABLE victim; --";
    let column = "c'); DROP TABLE victim; --\\";
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let sql = format!(
        "create table victim (id integer primary key); insert into victim values (1); \
         create table {} (id integer primary key, {} text default '''); DROP TABLE victim; --'); \
         insert into {0} (id) values (1); create index {} on {0} ({1})",
        quoted(table),
        quoted(column),
        quoted("i\"; DROP TABLE victim; --")
    );
    let Some(case) = Case::of(&sql) else { return };
    case.execute("create schema keep; create table keep.victim (id int); insert into keep.victim values (1)");
    case.goes();
    assert_eq!(case.rows("select id from victim"), ["1"]);
    assert_eq!(case.rows(&format!("select {} from {}", quoted(column), quoted(table))), ["'); DROP TABLE victim; --"]);
    case.execute(&format!("insert into {} (id) values (2)", quoted(table)));
    assert_eq!(case.value(&format!("select count(distinct {}) from {}", quoted(column), quoted(table))), "1");
}

/// Row 66: the rule that a refusal proposes for such names is a rule.
#[test]
fn hostile_names_in_rules() {
    let sql = "create table \"a\"\"b\\c\nd\" (id integer primary key, \"]\"\"\n[x\" int); insert into \"a\"\"b\\c\nd\" values (1, 'bad')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 5, "{run}");
    let proposed = case.proposed_rules();
    assert_eq!(case.copy(&proposed).code, 0, "{proposed}");
    assert_eq!(case.rows("select \"]\"\"\n[x\" from \"a\"\"b\\c\nd\""), ["bad"]);
}
