//! What real applications write that no row of the list names.

use crate::case::Case;

/// Anki: its own collation in the key of a table without rowid.
#[test]
fn a_key_by_a_collation_of_the_application() {
    let made = Case::made("", |connection| {
        connection.create_collation("unicase", |a: &str, b: &str| a.to_lowercase().cmp(&b.to_lowercase())).unwrap();
        let sql = "create table tags (tag text primary key collate unicase, usn integer) without rowid; \
                   insert into tags values ('b', 1), ('Á', 2), ('C', 3)";
        connection.execute_batch(sql).unwrap();
    });
    let Some(case) = made else { return };
    let run = case.goes_by("", &["key-collation tags.tag ×1"]);
    assert_eq!(run.document["tables"][0]["rows_target"], 3, "{run}");
    assert_eq!(case.rows("select tag || usn from tags order by usn"), ["b1", "Á2", "C3"]);
}

/// Programs in Go: the driver writes what `Time.String` says.
#[test]
fn dates_as_go_writes_them() {
    let sql = "create table t (id integer primary key, at datetime); \
               insert into t values (1, '2024-01-15 10:30:00.5 +0000 UTC'), (2, '2024-01-15 11:30:00 +0100 CET'), \
               (3, '2024-01-15 07:30:00 -0300 -03 m=+0.012345678'), (4, '0001-01-01 00:00:00 +0000 UTC')";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    let expected = ["2024-01-15 10:30:00.5", "2024-01-15 10:30:00", "2024-01-15 10:30:00", "0001-01-01 00:00:00"];
    assert_eq!(case.rows("select at from t order by id"), expected);
}

/// `PocketBase` and Prefect: ids that the database draws.
#[test]
fn random_ids_as_defaults() {
    let sql = "create table t (n integer primary key, a text default ('r'||lower(hex(randomblob(7)))) not null, \
               b blob default (randomblob(16)), c integer default (random()), \
               u text default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || \
               substr(lower(hex(randomblob(2))),2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || \
               substr(lower(hex(randomblob(2))),2) || '-' || lower(hex(randomblob(6)))))";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    case.execute("insert into t select from generate_series(1, 200)");
    let evenly = "select count(distinct a), count(distinct b), count(distinct c), count(distinct substr(u, 20, 1)), \
                  count(*) filter (where c < 0) between 50 and 150, bool_and(a ~ '^r[0-9a-f]{14}$'), \
                  bool_and(length(b) = 16), bool_and(u ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$') \
                  from t";
    assert_eq!(case.rows(evenly), ["200|200|200|4|t|t|t|t"]);
}

/// WhatsApp on a telephone of Apple's: Core Data counts from 2001.
#[test]
fn dates_of_core_data() {
    let sql = "create table z_metadata (z_version integer primary key); \
               create table z_primarykey (z_ent integer primary key); \
               create table zmessage (z_pk integer primary key, zdate timestamp); \
               insert into zmessage values (1, 722345678), (2, 722345678.5), (3, -86400)";
    let Some(case) = Case::of(sql) else { return };
    case.goes();
    let expected = ["2023-11-22 11:34:38", "2023-11-22 11:34:38.5", "2000-12-31 00:00:00"];
    assert_eq!(case.rows("select zdate from zmessage order by z_pk"), expected);
}

/// Seconds of before 2001 may be Apple's as well: nobody is taken thirty-one years back in silence.
#[test]
fn seconds_of_the_last_century_are_ambiguous() {
    let sql = "create table t (id integer primary key, d timestamp); insert into t values (1, 722345678)";
    let Some(case) = Case::of(sql) else { return };
    let run = case.copy("");
    assert_eq!((run.code, run.problems()), (5, vec!["unknown-unit t.d ×1".to_owned()]), "{run}");
    assert_eq!(case.copy("[rules.tables.t.columns.d]\nunit = \"apple_seconds\"").code, 0);
    assert_eq!(case.value("select d from t"), "2023-11-22 11:34:38");
}

/// Chroma: numbers in a column declared BLOB.
#[test]
fn numbers_in_a_column_of_bytes() {
    let sql =
        "create table embeddings (id integer primary key, seq_id blob not null); insert into embeddings values (1, 5)";
    let Some(case) = Case::of(sql) else { return };
    assert_eq!(case.copy("").code, 0);
    assert_eq!(case.type_of("embeddings", "seq_id"), "bigint");
    assert_eq!(case.value("select seq_id from embeddings"), "5");
}

/// A refusal has its reason among its problems, also where no table was ever seen.
#[test]
fn a_file_that_is_no_database_is_a_problem() {
    let Some(case) = Case::of("select 1") else { return };
    std::fs::write(&case.source.path, "no database").unwrap();
    let run = case.copy("");
    assert_eq!((run.code, run.document["outcome"].as_str()), (5, Some("refused")), "{run}");
    let problem = run.finding("unreadable-source");
    assert!(problem["message"].as_str().unwrap().contains("is not a plain SQLite file"), "{run}");
    assert!(problem["remedy"].is_string(), "{run}");
}
