//! Section 2b: text and encoding.

use rusqlite::Connection;

use crate::case::Case;

/// Stores bytes as TEXT, as only the C interface does.
fn raw_text(file: &Connection, sql: &str, bytes: &[u8]) {
    file.execute(&sql.replace("?text", "cast(?1 as text)"), [bytes]).unwrap();
}

/// Row 13.
#[test]
fn nul_inside_text() {
    let sql = "create table t (id integer primary key, s text); \
               insert into t values (1, 'a' || char(0) || 'b\\'), (2, 'plain'), (3, char(0))";
    let Some(case) = Case::of(sql) else { return };
    let run = case.refuses(&[("nul-in-text t.s", "rowid 1: text 6100625c")]);
    assert_eq!(run.listed(), ["t.s rowid 1: text 6100625c", "t.s rowid 3: text 00"]);
    let rule = |rule: &str| format!("[rules.tables.t.columns.s]\n{rule}");
    case.goes_by(&rule("nul = \"strip\""), &["nul-changed t.s ×2"]);
    assert_eq!(case.rows("select s from t order by id"), ["ab\\", "plain", ""]);
    let originals = "select row_id, value from autobot_quarantine.originals order by 1";
    assert_eq!(case.rows(originals), ["1|\\x6100625c", "3|\\x00"], "the log of originals");

    let case = Case::of(sql).unwrap();
    let run = case.copy(&rule("nul = \"escape\""));
    assert_eq!(run.code, 0, "{run}");
    assert!(run.finding("nul-changed")["count"].as_u64().unwrap() > 0);
    let escaped = case.rows("select s from t order by id");
    assert_eq!((escaped[0].as_str(), escaped[2].as_str()), ("a\\0b\\\\", "\\0"));

    let case = Case::of(sql).unwrap();
    case.goes_by(&rule("as = \"bytea\""), &["changed-by-rule t.s ×1"]);
    assert_eq!(case.rows("select s from t order by id"), ["\\x6100625c", "\\x706c61696e", "\\x00"]);
}

/// Row 14: a text changed by rule may break a CHECK, which SQLite held for what it was.
#[test]
fn replaced_text_that_breaks_a_check() {
    let made = Case::made("create table t (s text check (s <> 'ab\u{fffd}'))", |file| {
        raw_text(file, "insert into t values (?text)", b"ab\xff");
    });
    let Some(case) = made else { return };
    let rule = "[rules.tables.t.columns.s]\nutf8 = \"replace\"";
    case.goes_by(rule, &["check-not-valid t ×1", "utf8-replaced t.s ×1"]);
    assert_eq!(case.rows("select s from t"), ["ab\u{fffd}"]);
    assert_eq!(case.fails("insert into t values ('ab\u{fffd}')").as_deref(), Some("23514"));
}

/// Row 14.
#[test]
fn text_that_is_not_utf8() {
    let make = || {
        Case::made("create table t (id integer primary key, s text); insert into t values (1, 'ñ')", |file| {
            raw_text(file, "insert into t values (2, ?text)", b"caf\xe9 con leche");
            raw_text(file, "insert into t values (3, ?text)", b"\xc0\xaf");
        })
    };
    let Some(case) = make() else { return };
    let run = case.refuses(&[("invalid-utf8 t.s", "rowid 2: text 636166e920636f6e")]);
    let report = std::fs::read_to_string(run.document["bad_rows"].as_str().unwrap()).unwrap();
    assert!(report.contains("byte 3"), "the offset of the wrong byte: {report}");
    let rule = |rule: &str| format!("[rules.tables.t.columns.s]\n{rule}");
    case.goes_by(&rule("utf8 = \"replace\""), &["utf8-replaced t.s ×2"]);
    assert_eq!(case.rows("select s from t order by id"), ["ñ", "caf\u{fffd} con leche", "\u{fffd}\u{fffd}"]);
    let case = make().unwrap();
    case.goes_by(&rule("as = \"bytea\""), &["changed-by-rule t.s ×1"]);
    assert_eq!(case.rows("select s from t order by id")[1], "\\x636166e920636f6e206c65636865");
}

/// Row 15.
#[test]
fn lone_surrogates_and_emoji_as_pairs_of_them() {
    let make = || {
        Case::made("create table t (id integer primary key, s text)", |file| {
            raw_text(file, "insert into t values (1, ?text)", b"hi \xed\xa0\xbd\xed\xb8\x80!");
            raw_text(file, "insert into t values (2, ?text)", b"cut \xed\xa0\xbd");
        })
    };
    let Some(case) = make() else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}");
    let places = run.document["problems"].as_array().unwrap().iter().flat_map(|of| of["places"].as_array().unwrap());
    let mut rows: Vec<i64> = places.map(|place| place["rowid"].as_i64().unwrap()).collect();
    rows.sort_unstable();
    assert_eq!(rows, [1, 2], "{run}");
    let run = case.copy("[rules.tables.t.columns.s]\nutf8 = \"replace\"");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    let rows = case.rows("select s from t order by id");
    assert_eq!(rows[0], "hi 😀!");
    assert!(rows[1].starts_with("cut \u{fffd}"), "{rows:?}");
}

/// The model of the tests with JSON: jsonb in PostgreSQL.
const JSON_MODEL: &str = "model t {\n id Int @id\n j Json?\n}\n";

/// A Prisma database with these JSON texts.
fn json(texts: &[&str]) -> Option<Case> {
    let case = Case::made("create table t (id integer not null primary key autoincrement, j jsonb)", |file| {
        for text in texts {
            file.execute("insert into t (j) values (?1)", [text]).unwrap();
        }
    })?;
    Some(case.with_prisma(JSON_MODEL))
}

/// Row 16.
#[test]
fn escaped_nul_inside_json_for_jsonb() {
    let Some(case) = json(&[r#"{"a":1}"#, r#"{"a":"x\u0000y"}"#]) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}");
    assert_eq!(run.finding("json-refused")["rowid"], 2, "{run}");
}

/// Row 16, where nothing asks for jsonb but the declaration.
#[test]
fn escaped_nul_inside_json_is_kept_as_json() {
    let sql = r#"create table t (id integer primary key, j jsonb); insert into t values (1, '{"a":"\u0000"}')"#;
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(case.rows("select j::text, pg_typeof(j) from t"), [r#"{"a":"\u0000"}|json"#]);
}

/// Row 17.
#[test]
fn not_json_in_a_json_column() {
    let sql =
        "create table t (id integer primary key, j json); insert into t values (1, '{\"a\": 1}'), (2, '{\"a\": x}')";
    let Some(case) = Case::of(sql) else { return };
    let run =
        case.refuses_until_allowed(("not-json t.j", "rowid 2: text 7b2261223a20787d"), &["changed-by-rule t.j ×1"]);
    assert_eq!(run.code, 0);
    assert_eq!(case.rows("select j from t order by id"), ["{\"a\": 1}", "{\"a\": x}"]);
    let case = json(&["{\"a\": x}"]).unwrap();
    let run = case.copy("");
    assert_eq!(run.code, 5, "{run}");
    let report = std::fs::read_to_string(run.document["bad_rows"].as_str().unwrap()).unwrap();
    assert!(report.contains("byte 6"), "the position of what is wrong: {report}");
}

/// Row 17.
#[test]
fn key_order_and_duplicate_keys_in_jsonb() {
    let Some(case) = json(&[r#"{"b":1,"a":2}"#, r#"{"a":1,"a":2}"#, "[1e300]"]) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.finding("json-duplicate-keys")["rowid"], 2);
    assert_eq!(run.finding("json-key-order")["code"], "AB026 json-key-order");
    let rows = case.rows("select j = '{\"a\":2,\"b\":1}', j = '{\"a\":2}', length(j::text) from t order by id");
    assert_eq!(rows, ["t|f|16", "f|t|8", "f|f|303"]);
}

/// Row 17.
#[test]
fn numbers_beyond_every_double_in_jsonb() {
    for text in ["[1e400]", "[1e200000]"] {
        let Some(case) = json(&["[1]", text]) else { return };
        let run = case.refuses(&[("json-refused t.j", "")]);
        assert_eq!(run.document["problems"][0]["rowid"], 2, "{run}");
        let report = std::fs::read_to_string(run.document["bad_rows"].as_str().unwrap()).unwrap();
        assert!(report.contains("byte "), "the position: {report}");
    }
}

/// Row 18.
#[test]
fn utf16_database() {
    for encoding in ["UTF-16le", "UTF-16be"] {
        let Some(case) = Case::of(&format!(
            "pragma encoding = '{encoding}'; create table \"tú\" (id integer primary key, s text, b blob); \
             insert into \"tú\" values (1, 'ñandú 😀', x'00ff'), (2, '', 'ñ')"
        )) else {
            return;
        };
        let run = case.copy("");
        assert_eq!(run.code, 0, "{run}");
        let rows = case.rows("select s, encode(b, 'hex') from \"tú\" order by id");
        assert_eq!(rows[0], "ñandú 😀|00ff", "{encoding}");
        assert!(rows[1] == "|c3b1" || rows[1] == "|f100" || rows[1] == "|00f1", "{rows:?}");
    }
}

/// Row 19.
#[test]
fn what_is_special_to_copy() {
    let texts = [
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\\",
        "\\.",
        "\\N",
        "",
        "a\\tb",
        "\"",
        "'",
        "\u{b}\u{c}\u{8}\u{1}\u{7f}",
        "%",
        ",",
        "NULL",
    ];
    let Some(case) = Case::made("create table t (id integer primary key, s text)", |file| {
        for text in texts {
            file.execute("insert into t (s) values (?1)", [text]).unwrap();
        }
        file.execute("insert into t (s) values (null)", []).unwrap();
    }) else {
        return;
    };
    case.goes();
    let rows = case.rows("select encode(convert_to(s, 'UTF8'), 'hex') from t order by id");
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut expected: Vec<String> = texts.into_iter().map(hex).collect();
    expected.push("NULL".to_owned());
    assert_eq!(rows, expected);
}

/// Row 20.
#[test]
fn text_too_long_for_an_index() {
    // 2,704 bytes that do not compress: what PostgreSQL's index takes ends there.
    let noise: String =
        (0..9000_u64).map(|at| char::from(b'!' + u8::try_from((at * at * 7919 + at * 31) % 89).unwrap())).collect();
    for (index, name) in [("create unique index i on t (s)", "unique"), ("create index i on t (s)", "plain")] {
        let sql = format!("create table t (id integer primary key, s text); {index}");
        let Some(case) = Case::made(&sql, |file| {
            file.execute("insert into t values (1, 'short'), (2, ?1)", [&noise]).unwrap();
        }) else {
            return;
        };
        let run = case.copy("");
        assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{name}: {run}");
        assert_eq!(run.finding("too-long-for-index")["rowid"], 2, "{run}");
        let run = case.copy("[rules.tables.t.columns.s]\nlong_index = \"hash\"");
        assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{name}: {run}");
        assert_eq!(case.value("select md5(s) = md5('short') or length(s) = 9000 from t where id = 2"), "t");
        assert_eq!(run.warnings(), ["hash-index t.s ×1"], "{run}");
        assert_eq!(case.value("select count(*) from pg_indexes where indexdef like '%USING hash (s)'"), "1", "{run}");
        // A unique key stays one, by an exclusion constraint on the hash index.
        let again = case.fails("insert into t select 3, s from t where id = 2");
        assert_eq!(again.as_deref(), (name == "unique").then_some("23P01"));
    }
}

/// Row 21.
#[test]
fn unicode_look_alikes_under_a_unique_key() {
    let sql = "create table t (id integer primary key, mail text unique, free text); \
               insert into t values (1, 'jos\u{e9}@x.org', 'jos\u{e9}'), (2, 'jose\u{301}@x.org', 'jose\u{301}')";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert!(run.document.to_string().contains("\"mail\""), "{run}");
    let rows = case.rows("select encode(convert_to(mail, 'UTF8'), 'hex') from t order by id");
    assert_eq!(rows, ["6a6f73c3a940782e6f7267", "6a6f7365cc8140782e6f7267"]);
}

/// Row 22.
#[test]
fn case_blind_unique_keys() {
    let sql = "create table t (id integer primary key, mail text collate nocase unique); \
               insert into t values (1, 'Ana@x.org'), (2, 'Ñ@x.org'), (3, 'ñ@x.org')";
    let Some(case) = Case::of(sql) else { return };
    case.goes_by("", &["nocase t.mail ×1"]);
    assert_eq!(case.rows("select mail from t order by id"), ["Ana@x.org", "Ñ@x.org", "ñ@x.org"]);
    assert_eq!(case.fails("insert into t values (4, 'ANA@X.ORG')").as_deref(), Some("23505"), "the rule is kept");
    assert_eq!(case.fails("insert into t values (5, 'bea@x.org')"), None);
}

/// Row 20: a unique key of several columns, and the primary key.
#[test]
fn long_texts_in_keys_stay_distinct_by_rule() {
    let noise = |seed: u64| -> String {
        (0..9000_u64).map(|at| char::from(b'!' + u8::try_from((at * at * 7919 + at * seed) % 89).unwrap())).collect()
    };
    let ddl = "create table t (s text primary key, a int, unique (a, s)); create table c (id integer primary key, s text references t (s))";
    let Some(case) = Case::made(ddl, |file| {
        for (a, seed) in [(Some(1), 31), (Some(1), 37), (None, 41)] {
            file.execute("insert into t values (?2, ?1)", rusqlite::params![a, noise(seed)]).unwrap();
        }
        file.execute("insert into c select 1, s from t where a is null", []).unwrap();
    }) else {
        return;
    };
    let run = case.refuses(&[("too-long-for-index t.s", "")]);
    let rule = crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap());
    case.goes_by(&rule, &["hash-index t.s ×2", "parent-not-unique c ×1"]);
    assert_eq!(case.fails("insert into t select s, 2 from t where a is null").as_deref(), Some("23P01"));
    assert_eq!(case.fails("insert into t values ('new', null), ('newer', null)"), None);
    assert_eq!(case.rows("select length(s) from c"), ["9000"]);
}
