//! Section 2c: numbers.

use crate::case::Case;

/// Row 23.
#[test]
fn integer_beyond_32_bits_where_prisma_says_int() {
    let sql = "create table C (id integer not null primary key autoincrement, chatId integer not null); \
               insert into C values (1, 5), (2, 5215512345678), (3, -2147483649)";
    let model = "model C {\n id Int @id @default(autoincrement())\n chatId Int\n}\n";
    let Some(case) = Case::of(sql).map(|case| case.with_prisma(model)) else { return };
    let run = case.refuses(&[("needs-bigint C.chatId", "rowid 2: integer 3532313535313233")]);
    let remedy = run.finding("needs-bigint")["remedy"].as_str().unwrap();
    assert!(remedy.contains("BigInt") && remedy.contains("widen_integers"), "{remedy}");
    assert_eq!(run.listed().len(), 2);
    let rule = crate::refusal::rule_in(remedy);
    case.goes_by(&rule, &["changed-by-rule C.chatId ×1"]);
    let plain = Case::of(sql).unwrap();
    plain.goes();
    assert_eq!(plain.type_of("C", "chatId"), "bigint", "without schema.prisma integers have 64 bits");
    let wide = model.replace("chatId Int", "chatId BigInt");
    let case = Case::of(sql).unwrap().with_prisma(&wide);
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.rows("select \"chatId\" from \"C\" order by id"), ["5", "5215512345678", "-2147483649"]);
}

/// Row 23: the rule in place of another schema.prisma.
#[test]
fn an_int_is_widened_by_rule() {
    let sql = "create table C (id integer not null primary key autoincrement, chatId integer not null); \
               insert into C values (1, 5215512345678)";
    let model = "model C {\n id Int @id @default(autoincrement())\n chatId Int\n}\n";
    let Some(case) = Case::of(sql).map(|case| case.with_prisma(model)) else { return };
    let run = case.copy("[rules.tables.C.columns.chatId]\nas = \"bigint\"");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.type_of("C", "chatId"), "bigint");
    assert_eq!(case.rows("select \"chatId\" from \"C\""), ["5215512345678"]);
}

/// Row 24.
#[test]
fn the_edges_of_64_bits() {
    let sql = "create table t (id integer primary key, n integer); insert into t values \
               (1, -9223372036854775808), (2, 9223372036854775807), (3, 9007199254740993), (4, -1), (5, 2147483648)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.warnings(), ["beyond-javascript t.n ×3"], "{run}");
    assert_eq!(run.finding("beyond-javascript")["rowid"], 1);
    let rows = case.rows("select n from t order by id");
    assert_eq!(rows, ["-9223372036854775808", "9223372036854775807", "9007199254740993", "-1", "2147483648"]);
}

/// Row 25.
#[test]
fn integer_literal_beyond_64_bits_is_a_real() {
    let sql =
        "create table t (id integer primary key, n integer); insert into t values (1, 5), (2, 9223372036854775808)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.finding("precision-already-lost")["column"], "n");
    assert_eq!(case.rows("select n = 9223372036854775808::float8, n = 5 from t order by id"), ["f|t", "t|f"]);
}

/// Row 26.
#[test]
fn infinity_in_a_real_column() {
    let sql = "create table t (id integer primary key, r real); insert into t values (1, 9e999), (2, -9e999), (3, 1.5)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    assert_eq!(case.rows("select r from t order by id"), ["Infinity", "-Infinity", "1.5"]);
}

/// Row 26.
#[test]
fn words_for_infinity_in_a_real_column() {
    let sql = "create table t (id integer primary key, r real); insert into t values (1, 'inf'), (2, 'nan'), (3, 1.5)";
    let Some(case) = Case::of(sql) else { return };
    case.refuses(&[("text-in-real t.r", "rowid 1: text 696e66")]);
    case.goes_by("[rules.tables.t.columns.r]\non_invalid = \"null\"", &["changed-by-rule t.r ×2"]);
    assert_eq!(case.rows("select r from t order by id"), ["NULL", "NULL", "1.5"]);
    let case = Case::of(sql).unwrap();
    case.refuses_until_allowed(
        ("text-in-real t.r", "rowid 2: text 6e616e"),
        &["changed-by-rule t.r ×1", "number-as-text t.r ×1"],
    );
    assert_eq!(case.rows("select r from t order by id"), ["inf", "nan", "1.5"]);
}

/// Row 27.
#[test]
fn nan_is_null_in_sqlite() {
    let Some(case) = Case::made("create table t (id integer primary key, r real)", |file| {
        file.execute("insert into t values (1, ?1), (2, 9e999 - 9e999)", [f64::NAN]).unwrap();
    }) else {
        return;
    };
    case.goes();
    assert_eq!(case.rows("select r from t order by id"), ["NULL", "NULL"]);
}

/// Row 28.
#[test]
fn reals_bit_for_bit() {
    let reals = [-0.0, 0.1, 5e-324, f64::MAX, f64::MIN_POSITIVE, 1.0 / 3.0, 1e23, -1.5, 9_007_199_254_740_993.0, 0.0];
    let Some(case) = Case::made("create table t (id integer primary key, r real, d double, f float)", |file| {
        for real in reals {
            file.execute("insert into t (r, d, f) values (?1, ?1, ?1)", [real]).unwrap();
        }
    }) else {
        return;
    };
    let stored = rusqlite::Connection::open(&case.source.path).unwrap();
    let bits = |id: i64| {
        let real: f64 = stored.query_row("select r from t where id = ?1", [id], |row| row.get(0)).unwrap();
        format!("{0:016x}|{0:016x}|{0:016x}", real.to_bits())
    };
    let expected: Vec<String> = (1..=10).map(bits).collect();
    drop(stored);
    case.goes();
    let hex = |column: &str| format!("encode(float8send({column}), 'hex')");
    let sql = format!("select {}, {}, {} from t order by id", hex("r"), hex("d"), hex("f"));
    assert_eq!(case.rows(&sql), expected);
    assert_eq!(case.type_of("t", "r"), "double precision");
}

/// Row 28: the smallest among them, as text where a column holds texts as well, and under arithmetic that PostgreSQL fails at.
#[test]
fn reals_at_the_end_of_their_range() {
    let sql = "create table t (id integer primary key, a, r real, i integer, g as (r * 0.1), h as (i * 2), \
               check (r * r > -1), check (i + 1 > i or i > 0))";
    let Some(case) = Case::made(sql, |file| {
        for (real, number) in [(5e-324, i64::MAX), (1e300, 1), (2.5, -7), (-0.0, 0)] {
            file.execute("insert into t (a, r, i) values (?1, ?1, ?2)", (real, number)).unwrap();
        }
        file.execute("insert into t (a) values ('x')", ()).unwrap();
    }) else {
        return;
    };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    let warnings = run.warnings();
    for said in ["check-left-out t ×2", "generated-column-kept t.g ×1", "generated-column-kept t.h ×1"] {
        assert!(warnings.iter().any(|warning| warning == said), "{said}: {run}");
    }
    assert_eq!(case.rows("select a from t order by id"), ["5.0e-324", "1.0e+300", "2.5", "-0.0", "x"]);
    assert_eq!(case.rows("select g from t order by id"), ["0", "1e+299", "0.25", "0", "NULL"]);
}

/// Row 29.
#[test]
fn decimals_that_sqlite_keeps_as_reals() {
    let sql = "create table t (id integer primary key, d decimal(10,2), w numeric); insert into t values \
               (1, 1.10, '12345678901234567890'), (2, 0.1, 3), (3, '7.5', 0.30000000000000004), (4, 42, '1e22')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert!(run.warnings().iter().any(|warning| warning.starts_with("decimal-from-real t.d")), "{run}");
    assert_eq!(case.type_of("t", "w"), "numeric");
    // What SQLite kept of the twenty digits is the double 12345678901234567168, whose shortest form this is.
    assert_eq!(
        case.rows("select trim_scale(d), w::float8 from t order by id"),
        ["1.1|1.2345678901234567e+19", "0.1|3", "7.5|0.30000000000000004", "42|1e+22"]
    );
    let exact = ["12345678901234567000", "3", "0.30000000000000004", "10000000000000000000000"];
    assert_eq!(case.rows("select trim_scale(w) from t order by id"), exact);
    assert_eq!(run.warnings(), ["decimal-from-real t.d ×3", "decimal-from-real t.w ×3"], "{run}");
}

/// Row 30.
#[test]
fn infinity_in_a_numeric_column() {
    let sql = "create table t (id integer primary key, n numeric); insert into t values (1, 1.5), (2, '1e400')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("infinite t.n", "rowid 2: real 696e66")]);
    let run = case.copy(&crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap()));
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.rows("select n from t order by id"), ["1.5", "Infinity"]);
}
