//! Section 2a: storage classes against declared types.

use crate::case::Case;

/// Row 1.
#[test]
fn text_in_an_integer_column() {
    let sql = "create table t (id integer primary key, n integer); insert into t values (1, 5), (2, 'abc'), (3, null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses_until_allowed(
        ("text-in-integer t.n", "rowid 2: text 616263"),
        &["changed-by-rule t.n ×1", "number-as-text t.n ×1"],
    );
    assert_eq!(run.document["tables"][0]["rows_target"], 3);
    assert_eq!(case.rows("select id, n, pg_typeof(n) from t order by 1"), ["1|5|text", "2|abc|text", "3|NULL|text"]);
}

/// Row 1, by the other two rules.
#[test]
fn text_in_an_integer_column_becomes_null_or_goes_to_quarantine() {
    let sql = "create table t (id integer primary key, n integer); insert into t values (1, 5), (2, 'abc'), (3, x'00')";
    let Some(case) = Case::of(sql) else { return };
    case.refuses(&[("blob-in-scalar t.n", "rowid 3: blob 00"), ("text-in-integer t.n", "rowid 2: text 616263")]);
    case.goes_by("[rules.tables.t.columns.n]\non_invalid = \"null\"", &["changed-by-rule t.n ×2"]);
    assert_eq!(case.rows("select id, n from t order by 1"), ["1|5", "2|NULL", "3|NULL"]);

    let case = Case::of(sql).unwrap();
    case.goes_by("[rules.tables.t.columns.n]\non_invalid = \"quarantine\"", &["changed-by-rule t.n ×2"]);
    assert_eq!(case.rows("select id, n from t order by 1"), ["1|5"]);
    let kept = case.run("quarantine", "", &["list"]);
    let rows = kept.document["rows"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["rowid"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 3]);
    let shown = rows[0].to_string();
    assert!(shown.contains("abc") && shown.contains("text"), "whole, typed and with its reason: {shown}");
}

/// A row in quarantine goes back whole when the target takes it: its numbers are the dates that they were.
#[test]
fn a_row_with_dates_goes_back_from_quarantine() {
    let sql = "create table t (id integer primary key, n integer, d datetime); insert into t values \
               (1, 5, 1627303906122), (2, 'x', 1627303906122), (3, 'y', '2021-07-26T14:51:46.5+02:00'), (4, 'z', -1), (5, 'w', null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy(
        "[rules.tables.t.columns.n]\non_invalid = \"quarantine\"\n[rules.tables.t.columns.d]\nunit = \"milliseconds\"",
    );
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.run("quarantine", "", &["retry"]).document["back"], 0);
    case.execute("alter table t alter n type text");
    assert_eq!(case.run("quarantine", "", &["retry"]).document["back"], 4);
    assert_eq!(
        case.rows("select id, n, d from t order by id"),
        [
            "1|5|2021-07-26 12:51:46.122",
            "2|x|2021-07-26 12:51:46.122",
            "3|y|2021-07-26 12:51:46.5",
            "4|z|1969-12-31 23:59:59.999",
            "5|w|NULL"
        ]
    );
}

/// Row 2.
#[test]
fn digits_as_text_in_a_column_without_affinity() {
    let sql = "create table t (a); insert into t values (1), ('2'), ('-9223372036854775808'), (null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.type_of("t", "a"), "bigint");
    assert_eq!(case.rows("select a from t order by a nulls last"), ["-9223372036854775808", "1", "2", "NULL"]);
}

/// Row 2.
#[test]
fn digits_as_text_that_are_not_exactly_an_integers_form() {
    for (text, hex) in [("007", "303037"), ("+1", "2b31"), (" 1", "2031"), ("9223372036854775808", "3932323333373230")]
    {
        let Some(case) = Case::of(&format!("create table t (a); insert into t values (1), ('{text}')")) else { return };
        case.refuses(&[("text-in-integer t.a", &format!("rowid 2: text {hex}"))]);
        let run = case.copy("[rules.tables.t.columns.a]\nas = \"text\"");
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(case.rows("select a from t order by a = '1' desc"), ["1", text]);
    }
}

/// Row 3.
#[test]
fn empty_string_in_an_integer_or_date_column() {
    let sql = "create table t (n int, d datetime, f real, b boolean, e decimal); \
               insert into t values ('', '', '', '', ''), (1, '2020-01-02 03:04:05', 2.5, 1, 3)";
    let Some(case) = Case::of(sql) else { return };
    let place = "rowid 1: text";
    case.refuses(
        &["b", "d", "e", "f", "n"]
            .map(|column| (format!("empty-text t.{column}"), place))
            .each_ref()
            .map(|(name, place)| (name.as_str(), *place)),
    );
    let rules =
        ["n", "d", "f", "b", "e"].map(|column| format!("[rules.tables.t.columns.{column}]\non_invalid = \"null\"\n"));
    let nulls = ["b", "d", "e", "f", "n"].map(|column| format!("changed-by-rule t.{column} ×1"));
    let mut warnings: Vec<&str> = nulls.iter().map(String::as_str).collect();
    warnings.push("read-as-utc t.d ×1");
    case.goes_by(&rules.concat(), &warnings);
    let rows = case.rows("select n, d, f, b, e from t order by n nulls first");
    assert_eq!(rows, ["NULL|NULL|NULL|NULL|NULL", "1|2020-01-02 03:04:05|2.5|t|3"]);
}

/// Row 4.
#[test]
fn fraction_in_an_integer_column() {
    let sql = "create table t (id integer primary key, n integer); insert into t values (1, 7), (2, 2.32)";
    let Some(case) = Case::of(sql) else { return };
    case.refuses_until_allowed(("fraction-in-integer t.n", "rowid 2: real 322e3332"), &["changed-by-rule t.n ×1"]);
    assert_eq!(case.type_of("t", "n"), "double precision");
    assert_eq!(case.rows("select n from t order by id"), ["7", "2.32"]);
}

/// Row 5.
#[test]
fn blob_in_a_text_column() {
    let sql = "create table t (id integer primary key, s text); insert into t values (1, x'c3b1'), (2, 'x')";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["blob-as-text t.s ×1"]);
    assert_eq!(case.rows("select s from t order by id"), ["ñ", "x"]);

    let sql = "create table t (id integer primary key, s text); insert into t values (1, x'c3ff00'), (2, 'ñ')";
    let case = Case::of(sql).unwrap();
    case.refuses_until_allowed(
        ("blob-in-text t.s", "rowid 1: blob c3ff00"),
        &["changed-by-rule t.s ×1", "class-lost t.s ×1"],
    );
    assert_eq!(case.rows("select s from t order by id"), ["\\xc3ff00", "\\xc3b1"]);
}

/// Row 6.
#[test]
fn text_in_a_blob_column() {
    let sql = "create table t (id integer primary key, b blob); insert into t values (1, 'ñ\\'), (2, ''), (3, null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.rows("select b from t order by id"), ["\\xc3b15c", "\\x", "NULL"]);
}

/// Row 7.
#[test]
fn every_byte_of_a_blob() {
    let all: Vec<u8> = (0..=255).collect();
    let Some(case) = Case::made("create table t (id integer primary key, b blob)", |file| {
        file.execute("insert into t values (1, ?1), (2, x''), (3, null), (4, zeroblob(100000))", [&all]).unwrap();
    }) else {
        return;
    };
    case.goes();
    let hex: String = all.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(case.rows("select b from t where id < 4 order by id"), [&format!("\\x{hex}"), "\\x", "NULL"]);
    assert_eq!(case.value("select b = decode(repeat('00', 100000), 'hex') from t where id = 4"), "t");
}

/// Row 8.
#[test]
fn booleans_as_numbers_and_words() {
    let good = "create table t (id integer primary key, f boolean); \
                insert into t values (1, 0), (2, 1), (3, 'true'), (4, 't'), (5, null), (6, 'FALSE'), (7, 'f'), (8, '1')";
    let Some(case) = Case::of(good) else { return };
    case.goes();
    assert_eq!(case.rows("select f from t order by id"), ["f", "t", "t", "t", "NULL", "f", "f", "t"]);

    let bad = "create table t (id integer primary key, f boolean); \
               insert into t values (1, 0), (2, 1), (3, 'true'), (4, 't'), (5, 'yes'), (6, 2), (7, null)";
    let case = Case::of(bad).unwrap();
    let run = case.refuses(&[("not-a-boolean t.f", "rowid 5: text 796573")]);
    assert_eq!(run.listed(), ["t.f rowid 5: text 796573", "t.f rowid 6: integer 32"]);
    case.goes_by("[rules.tables.t.columns.f]\nas = \"text\"", &["changed-by-rule t.f ×1", "number-as-text t.f ×3"]);
    assert_eq!(case.rows("select f from t order by id"), ["0", "1", "true", "t", "yes", "2", "NULL"]);
}

/// Row 8: the rule that the refusal names.
#[test]
fn a_boolean_of_two_becomes_a_number_by_rule() {
    let Some(case) = Case::of("create table t (f boolean); insert into t values (0), (2)") else { return };
    case.refuses_until_allowed(("not-a-boolean t.f", "rowid 2: integer 32"), &["changed-by-rule t.f ×1"]);
    assert_eq!(case.rows("select f from t order by 1"), ["0", "2"]);
}

/// Row 9.
#[test]
fn no_declared_type_or_a_made_up_one() {
    let sql = "create table t (id integer primary key, a, b number, c longvarchar, d \"TEXT[]\", e \"byte[]\", g string); \
               insert into t values (1, 'x', 1.5, 'long', '{a}', x'00ff', '007'), (2, 'y', 2, '1', '[]', x'', 'x')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    let untyped = |column: &str| run.warnings().contains(&format!("untyped-column t.{column} ×1"));
    assert!(["a", "b", "c", "d", "e", "g"].into_iter().all(untyped), "{run}");
    assert_eq!(
        case.rows("select a, b, c, d, e, g from t order by id"),
        ["x|1.5|long|{a}|\\x00ff|7", "y|2|1|[]|\\x|x",]
    );
}

/// Row 9.
#[test]
fn a_column_without_a_type_that_holds_everything() {
    let sql = "create table t (a); insert into t values (1), ('x'), (x'ff'), (2.5), (null)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!(run.code, 5, "{run}");
    assert_eq!(run.document["outcome"], "refused");
    assert_eq!(case.rows("select count(*) from pg_class where relname = 't'"), ["0"]);
    let run = case.copy("[rules.tables.t.columns.a]\non_invalid = \"quarantine\"");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.rows("select a from t order by 1"), ["1", "2.5", "x", "NULL"]);
    let list = case.run("quarantine", "", &["list"]);
    assert_eq!(list.document["rows"].as_array().unwrap().len(), 1, "{list}");
}

/// Row 9, by the rule that keeps every row and every value in its place.
#[test]
fn a_column_that_holds_everything_becomes_bytes_by_rule() {
    let sql = "create table t (id integer primary key, a blob unique); \
               insert into t values (1, 10), (2, 'x'), (3, x'ff'), (4, 0.1), (5, null)";
    let Some(case) = Case::of(sql) else { return };
    case.refuses_until_allowed(
        ("number-in-bytea t.a", "rowid 1: integer 3130"),
        &["class-lost t.a ×1", "number-as-text t.a ×2"],
    );
    assert_eq!(case.rows("select a from t order by id"), ["\\x3130", "\\x78", "\\xff", "\\x302e31", "NULL"]);

    let case = Case::of(&sql.replace("'x'", "'10'")).unwrap();
    let run = case.copy("[rules.tables.t.columns.a]\nas = \"bytea\"");
    assert_eq!(run.code, 5, "{run}");
    assert_eq!(run.finding("duplicates")["count"], 1, "10 and '10' are the same bytes: {run}");
}

/// Row 10.
#[test]
fn the_type_changes_after_ten_thousand_clean_rows() {
    let sql = "create table t (id integer primary key, n integer); \
               with recursive c(x) as (select 1 union all select x + 1 from c where x < 12000) \
               insert into t select x, case when x > 11990 then 'bad' || x else x end from c";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("text-in-integer t.n", "rowid 11991: text 6261643131393931")]);
    assert_eq!(run.finding("text-in-integer")["count"], 10);
    let listed = run.listed();
    assert_eq!(listed.len(), 10);
    assert_eq!(listed[9], "t.n rowid 12000: text 6261643132303030");
}

/// Row 11.
#[test]
fn strict_table_with_any() {
    let sql = "create table t (id integer primary key, a any, b any) strict; \
               insert into t values (1, 1, '1'), (2, 2, 'x')";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["untyped-column t.a ×1", "untyped-column t.b ×1"]);
    assert_eq!(
        case.rows("select a, b, pg_typeof(a), pg_typeof(b) from t order by id"),
        ["1|1|bigint|text", "2|x|bigint|text"]
    );

    let case =
        Case::of("create table t (id integer primary key, a any) strict; insert into t values (1, 1), (2, x'ff')")
            .unwrap();
    let run = case.copy("");
    assert_eq!(run.code, 5, "{run}");
    assert_eq!(run.document["problems"][0]["places"][0]["rowid"], 2, "{run}");
}

/// Row 12.
#[test]
fn length_limits_that_sqlite_does_not_enforce() {
    let sql = "create table t (id integer primary key, a text(3), b varchar(10), c char(2)); \
               insert into t values (1, 'abcdef', printf('%.5000c', 'x'), 'x'), (2, 'ñññ', 'b', 'abc')";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["length-not-enforced t.a ×1", "length-not-enforced t.b ×1", "length-not-enforced t.c ×1"]);
    assert_eq!(case.rows("select a, length(b), c from t order by id"), ["abcdef|5000|x", "ñññ|1|abc"]);
    assert_eq!(case.value("select b = repeat('x', 5000) from t where id = 1"), "t");
}
