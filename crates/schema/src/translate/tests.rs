use autobot_catalog::{EpochUnit, Evidence, Rules};
use rusqlite::Connection;

use crate::introspect;

/// The default of a column of that type, as it stands in the target's table; none when it is left out.
#[track_caller]
fn check(declared: &str, default: &str, expected: Option<&str>) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(&format!("create table t (c {declared} default {default})")).unwrap();
    let catalog = introspect(&connection).unwrap();
    let options = crate::DecideOptions {
        target_schema: autobot_db::SchemaName::new("public").unwrap(),
        additional_indexes: Vec::new(),
        flavor: autobot_prisma::Flavor::default(),
    };
    let rules: Rules = if declared == "datetime" { unit_rule(EpochUnit::Milliseconds) } else { Rules::default() };
    let migration = crate::decide(&catalog, &Evidence::default(), None, &rules, &options);
    let sql = &migration.target.tables[0].sql;
    let found = sql.split_once(" DEFAULT ").map(|(_, rest)| rest.trim_end_matches("\n)"));
    assert_eq!(found, expected, "{declared} default {default}: {:#?}", migration.findings);
    let left_out = migration.findings.iter().any(|finding| finding.code == "AB068 default-left-out");
    assert_eq!(left_out, expected.is_none() && default != "null");
}

fn unit_rule(unit: EpochUnit) -> Rules {
    let mut rules = Rules::default();
    let column = autobot_catalog::ColumnRule { unit: Some(unit), ..Default::default() };
    let mut table = autobot_catalog::TableRule::default();
    table.columns.insert("c".to_owned(), column);
    rules.tables.insert("t".to_owned(), table);
    rules
}

#[test]
fn literal_defaults() {
    check("text", "'it''s'", Some("'it''s'"));
    check("text", "\"hi\"", Some("'hi'"));
    check("text", "5", Some("'5'"));
    check("text", "null", None);
    check("int", "'7'", Some("7"));
    check("int", "-3", Some("-3"));
    check("int", "0x10", Some("16"));
    check("int", "true", Some("1"));
    check("int", "1.5", None);
    check("int", "abc", None);
    check("real", "1", Some("1.0"));
    check("real", "-1e300", Some("-1e300"));
    check("decimal", "'0.10'", Some("0.1"));
    check("boolean", "0", Some("false"));
    check("boolean", "'t'", Some("true"));
    check("boolean", "2", None);
    check("blob", "x'00ff'", Some("'\\x00ff'::bytea"));
    check("blob", "'a'", Some("'\\x61'::bytea"));
    check("json", "'{\"a\": 1}'", Some("'{\"a\": 1}'"));
    check("json", "'{'", None);
}

#[test]
fn dates_as_defaults() {
    check("datetime", "'2020-03-19 14:21:00.123 +00:00'", Some("TIMESTAMP '2020-03-19 14:21:00.123000'"));
    check("datetime", "\"2000-01-01 00:00:00+02:00\"", Some("TIMESTAMP '1999-12-31 22:00:00'"));
    check("datetime", "1582986600000", Some("TIMESTAMP '2020-02-29 14:30:00'"));
    check("datetime", "'0000-00-00'", None);
    check("datetime", "current_timestamp", Some("(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')"));
    check("datetime", "(datetime('now'))", Some("(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')"));
    check("datetime", "(datetime('now', 'localtime'))", None);
    check("timestamptz", "current_timestamp", Some("CURRENT_TIMESTAMP"));
    check("date", "'2020-02-29'", Some("'2000-01-01'::date + (7364)"));
    check("date", "current_date", Some("((CURRENT_TIMESTAMP AT TIME ZONE 'UTC'))::date"));
    check(
        "text",
        "current_timestamp",
        Some("to_char((CURRENT_TIMESTAMP AT TIME ZONE 'UTC'), 'YYYY-MM-DD HH24:MI:SS')"),
    );
    check("int", "(unixepoch())", Some("floor(extract(epoch from CURRENT_TIMESTAMP))::bigint"));
    check("int", "(strftime('%s', 'now') * 1000)", Some("floor(extract(epoch from CURRENT_TIMESTAMP))::bigint * 1000"));
}

#[test]
fn random_defaults() {
    let bytes = "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))";
    let number = format!("('x' || encode(substr({bytes}, 1, 8), 'hex'))::bit(64)::bigint");
    check("int", "(random())", Some(&number));
    check("blob", "(randomblob(16))", Some(&format!("substr({bytes}, 1, 16)")));
    check("blob", "(randomblob(33))", None);
    let hex = format!("coalesce(upper(encode(substr({bytes}, 1, 4), 'hex')), '')");
    check("text", "(hex(randomblob(4)))", Some(&hex));
    let letter = format!("substr('89ab', ((abs({number}) % 4) + 1)::int, 1)");
    check("text", "(substr('89ab', abs(random()) % 4 + 1, 1))", Some(&letter));
    check("text", "(substr('89ab', random() % 4 + 1, 1))", None);
}

#[test]
fn expressions_as_defaults() {
    check("int", "(1 + 2)", Some("1::bigint + 2"));
    check("text", "(upper('x') || 'y')", Some("'X' || 'y'"));
}
