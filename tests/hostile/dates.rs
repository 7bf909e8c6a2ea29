//! Section 2d: dates and times.

use crate::case::Case;

/// A table `t (id, d)` with `d` of this type and these values, from id 1 on.
fn dates(declared: &str, values: &str) -> Option<Case> {
    let values: Vec<String> =
        values.split("; ").enumerate().map(|(at, value)| format!("({}, {value})", at + 1)).collect();
    Case::of(&format!(
        "create table t (id integer primary key, d {declared}); insert into t values {}",
        values.join(", ")
    ))
}

/// The column as PostgreSQL writes it.
fn read(case: &Case) -> Vec<String> {
    case.rows("select d from t order by id")
}

/// A column of a Prisma database.
fn prisma(values: &str) -> Option<Case> {
    Some(dates("datetime", values)?.with_prisma("model t {\n id Int @id @default(autoincrement())\n d DateTime?\n}\n"))
}

/// Row 31.
#[test]
fn milliseconds_of_prisma() {
    let Some(case) = prisma("1627303906122; 1000; -1; 253402300799999; null; 1700000000000") else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(case.type_of("t", "d"), "timestamp(3) without time zone");
    assert_eq!(
        read(&case),
        [
            "2021-07-26 12:51:46.122",
            "1970-01-01 00:00:01",
            "1969-12-31 23:59:59.999",
            "9999-12-31 23:59:59.999",
            "NULL",
            "2023-11-14 22:13:20",
        ]
    );
}

/// Row 31, without schema.prisma: the range tells.
#[test]
fn milliseconds_without_a_schema() {
    let Some(case) = dates("datetime", "1627303906122; 1700000000000") else { return };
    let run = case.copy("");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(read(&case), ["2021-07-26 12:51:46.122", "2023-11-14 22:13:20"]);
}

/// Row 32.
#[test]
fn milliseconds_and_two_forms_of_text_in_one_column() {
    let Some(case) =
        dates("datetime", "1627303906122; '2021-07-26 12:51:46'; '2021-07-26T14:51:46.122+02:00'; '2021-07-26'")
    else {
        return;
    };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(
        read(&case),
        ["2021-07-26 12:51:46.122", "2021-07-26 12:51:46", "2021-07-26 12:51:46.122", "2021-07-26 00:00:00",]
    );
    let report = std::fs::read_to_string(run.document["report"].as_str().unwrap()).unwrap();
    assert!(report.contains("mixed-dates"), "the mix is reported");
}

/// Row 33.
#[test]
fn a_unit_that_the_whole_range_leaves_open() {
    // Seconds of the 1960s to 2020s, or milliseconds of 1970.
    let Some(case) = dates("datetime", "1627303906122; 1627303906") else { return };
    case.refuses(&[("unknown-unit t.d", "rowid 1: integer 3136323733303339")]);
    let rule = |unit: &str| format!("[rules.tables.t.columns.d]\nunit = \"{unit}\"");
    let run = case.copy(&rule("milliseconds"));
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(read(&case), ["2021-07-26 12:51:46.122", "1970-01-19 20:01:43.906"]);

    let case = dates("datetime", "20000000000; 20000000001").unwrap();
    case.refuses(&[("unknown-unit t.d", "rowid 1: integer 3230303030303030")]);
    assert_eq!(case.copy(&rule("seconds")).code, 0);
    assert_eq!(read(&case), ["2603-10-11 11:33:20", "2603-10-11 11:33:21"]);
}

/// Row 33.
#[test]
fn seconds_and_microseconds_by_their_range() {
    let Some(case) = dates("datetime", "1627303906; 1700000000") else { return };
    assert_eq!(case.copy("").code, 0);
    assert_eq!(read(&case), ["2021-07-26 12:51:46", "2023-11-14 22:13:20"]);
    let case = dates("timestamp", "1627303906122333; 1700000000000001").unwrap();
    assert_eq!(case.copy("").code, 0);
    assert_eq!(read(&case), ["2021-07-26 12:51:46.122333", "2023-11-14 22:13:20.000001"]);
}

/// Row 34.
#[test]
fn julian_days_and_seconds_with_a_fraction() {
    let rule = |unit: &str| format!("[rules.tables.t.columns.d]\nunit = \"{unit}\"");
    let Some(case) = dates("datetime", "2459422.0359505; 2440587.5") else { return };
    // The remedy names first the unit that leads to dates of our time.
    let run = case.refuses_until_allowed(
        ("unknown-unit t.d", "rowid 1: real 323435393432322e"),
        &["changed-by-rule t.d ×1", "julian-rounded t.d ×2"],
    );
    assert!(run.to_string().contains("julianday"), "{run}");
    // SQLite itself says: select strftime('%Y-%m-%d %H:%M:%f', 2459422.0359505).
    assert_eq!(read(&case), ["2021-07-26 12:51:46.123", "1970-01-01 00:00:00"]);

    let case = dates("datetime", "1627303906.125; 1700000000.5").unwrap();
    case.refuses_until_allowed(("unknown-unit t.d", "rowid 1: real 3136323733303339"), &["changed-by-rule t.d ×1"]);
    assert_eq!(read(&case), ["2021-07-26 12:51:46.125", "2023-11-14 22:13:20.5"]);
    assert_eq!(case.type_of("t", "d"), "timestamp(6) without time zone");
    let refused = dates("datetime", "1627303906.125; 'x'").unwrap();
    refused.refuses(&[("not-a-date t.d", "rowid 2: text 78"), ("unknown-unit t.d", "")]);
    assert_eq!(refused.copy(&format!("{}\non_invalid = \"quarantine\"", rule("seconds"))).code, 0);
}

/// Row 35.
#[test]
fn dates_that_do_not_exist() {
    let good = "'2020-02-29 23:59:59'";
    let bad = [
        ("'2021-02-30 25:61:00'", "323032312d30322d"),
        ("'0000-00-00'", "303030302d30302d"),
        ("'2021-13-01'", "323032312d31332d"),
    ];
    for (text, hex) in bad {
        let Some(case) = dates("datetime", &format!("{good}; {text}")) else { return };
        let run = case.refuses(&[("impossible-date t.d", &format!("rowid 2: text {hex}"))]);
        let rule = crate::refusal::rule_in(run.document["problems"][0]["remedy"].as_str().unwrap());
        case.goes_by(&rule, &["changed-by-rule t.d ×1", "read-as-utc t.d ×1"]);
        assert_eq!(read(&case), ["2020-02-29 23:59:59", "NULL"]);
    }
}

/// Row 35: the number 0 beside dates in text.
#[test]
fn zero_among_dates() {
    let Some(case) = dates("datetime", "'2020-02-29 23:59:59'; 0") else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}");
    assert_eq!(run.document["problems"][0]["rowid"], 2, "{run}");
    let run = case.copy("[rules.tables.t.columns.d]\non_invalid = \"null\"");
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(read(&case), ["2020-02-29 23:59:59", "NULL"]);
}

/// Row 35.
#[test]
fn words_in_a_date_column() {
    let Some(case) = dates("datetime", "'2020-02-29 23:59:59'; 'yesterday'") else { return };
    case.refuses_until_allowed(("not-a-date t.d", "rowid 2: text 7965737465726461"), &["changed-by-rule t.d ×1"]);
    assert_eq!(read(&case), ["2020-02-29 23:59:59", "yesterday"]);
}

/// Row 36.
#[test]
fn far_years() {
    let Some(case) = dates(
        "datetime",
        "'9999-12-31 23:59:59'; '+010000-01-01T00:00:00Z'; '-000043-03-15T12:00:00Z'; 8640000000000000",
    ) else {
        return;
    };
    let run = case.copy("[rules.tables.t.columns.d]\nunit = \"milliseconds\"");
    match run.code {
        0 => assert_eq!(
            read(&case),
            ["9999-12-31 23:59:59", "10000-01-01 00:00:00", "0044-03-15 12:00:00 BC", "275760-09-13 00:00:00"]
        ),
        _ => assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}"),
    }
    let case = dates("datetime", "9223372036854775807; -9223372036854775808").unwrap();
    let run = case.copy("[rules.tables.t.columns.d]\nunit = \"seconds\"");
    assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}");
    assert!(run.document["problems"][0]["rowid"].is_i64(), "{run}");
}

/// Row 37.
#[test]
fn offsets_zulu_and_no_zone() {
    let texts =
        "'2024-02-29T23:59:59.999+05:30'; '2024-02-29T23:59:59Z'; '2024-02-29 23:59:59'; '2024-02-29T23:59:59-0800'";
    let Some(case) = dates("datetime", texts) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.finding("read-as-utc")["rowid"], 3);
    assert_eq!(
        read(&case),
        ["2024-02-29 18:29:59.999", "2024-02-29 23:59:59", "2024-02-29 23:59:59", "2024-03-01 07:59:59"]
    );
}

/// Row 38.
#[test]
fn time_zones_of_server_and_client_do_not_matter() {
    for declared in ["datetime", "timestamptz"] {
        let Some(case) = dates(
            declared,
            "1627303906122; '2021-07-26 12:51:46'; '2021-07-26T14:51:46.5+02:00'; '2021-03-28 01:30:00'",
        ) else {
            return;
        };
        let name = case.database.name.clone();
        case.execute(&format!(
            "alter database {name} set timezone = 'America/Mexico_City'; alter database {name} set datestyle = 'German'"
        ));
        let mut command = case.command("copy", "");
        let run = crate::case::Run::of(
            command.env("TZ", "Asia/Kolkata").env("PGTZ", "Asia/Tokyo").env("PGDATESTYLE", "SQL, DMY"),
        );
        assert_eq!(run.code, 0, "{run}");
        let zone = if declared == "datetime" { "" } else { " at time zone 'UTC'" };
        assert_eq!(
            case.rows(&format!("select to_char(d{zone}, 'YYYY-MM-DD HH24:MI:SS.MS') from t order by id")),
            [
                "2021-07-26 12:51:46.122",
                "2021-07-26 12:51:46.000",
                "2021-07-26 12:51:46.500",
                "2021-03-28 01:30:00.000"
            ]
        );
    }
}

/// Row 39.
#[test]
fn more_than_milliseconds_for_prisma() {
    let Some(case) = prisma("'2021-07-26T12:51:46.122999Z'; '2021-07-26 12:51:46.5'") else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    // Only what is cut is counted, and it is named.
    assert_eq!(run.warnings(), ["digits-cut t.d ×1"], "{run}");
    assert_eq!(run.finding("digits-cut")["rowid"], 1);
    // Prisma's client shows .122 of the SQLite file, and must go on showing it.
    assert_eq!(read(&case), ["2021-07-26 12:51:46.122", "2021-07-26 12:51:46.5"]);
    let case = dates("datetime", "'2021-07-26T12:51:46.122999Z'").unwrap();
    assert_eq!(case.copy("").code, 0);
    assert_eq!(read(&case), ["2021-07-26 12:51:46.122999"]);
}

/// Row 40.
#[test]
fn defaults_of_the_clock() {
    let sql = "create table t (id integer primary key, a datetime default current_timestamp, \
               b integer default (unixepoch()), c datetime default (datetime('now', 'localtime')), \
               d text default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), e datetime default (datetime('now')))";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (0, Some("migrated_with_warnings")), "{run}");
    assert_eq!(run.finding("default-left-out")["column"], "c", "local time is no default of PostgreSQL: {run}");
    case.execute("insert into t (id) values (1)");
    let near = "abs(extract(epoch from (now() at time zone 'UTC') - $)) < 60";
    let sql = format!(
        "select {}, abs(extract(epoch from now()) - b) < 60, c is null, d ~ '^\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{{3}}Z$', {} from t",
        near.replace('$', "a"),
        near.replace('$', "e")
    );
    assert_eq!(case.rows(&sql), ["t|t|t|t|t"]);
    let dropped: Vec<String> =
        run.warnings().into_iter().filter(|warning| warning.starts_with("default-left-out")).collect();
    assert_eq!(dropped, ["default-left-out t.c ×1"]);
}
