//! Samples on disk: the same bytes again, sound databases, and the sizes asked for.
#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "in a test a failure should end it, and speed is no matter"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use autobot_sample::{Error, Sample, SampleOptions, make};
use rusqlite::{Connection, OpenFlags};

fn every_kind() -> [SampleOptions; 5] {
    let small = SampleOptions::small;
    [
        small(),
        SampleOptions::empty(),
        SampleOptions::messages(3000),
        SampleOptions { extras: true, ..small() },
        SampleOptions { extras: true, nasty: true, seed: 7, ..small() },
    ]
}

fn sample(options: &SampleOptions) -> (tempfile::TempDir, Sample) {
    let dir = tempfile::tempdir().unwrap();
    let sample = make(&dir.path().join("autobot"), options).unwrap();
    (dir, sample)
}

fn open(sample: &Sample) -> Connection {
    Connection::open_with_flags(&sample.database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Every file below `dir` by its relative path; a link's content is its target.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![dir.to_path_buf()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).unwrap().map(Result::unwrap) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            if kind.is_dir() {
                found.insert(format!("{name}/"), Vec::new());
                waiting.push(path);
            } else if kind.is_symlink() {
                found.insert(name, fs::read_link(path).unwrap().into_os_string().into_encoded_bytes());
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn same_options_same_bytes() {
    for options in every_kind() {
        let ((one, _), (other, _)) = (sample(&options), sample(&options));
        let (one, other) = (contents(one.path()), contents(other.path()));
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in &one {
            assert!(bytes == &other[name], "`{name}` differs between two samples of {options:?}");
        }
    }
}

#[test]
fn another_seed_other_rows() {
    let ((_one, one), (_other, other)) =
        (sample(&SampleOptions::small()), sample(&SampleOptions { seed: 2, ..SampleOptions::small() }));
    assert_ne!(fs::read(one.database).unwrap(), fs::read(other.database).unwrap());
}

#[test]
fn databases_are_sound() {
    for options in every_kind() {
        let (_dir, sample) = sample(&options);
        let connection = open(&sample);
        // Invalid UTF-8 is no damage to SQLite.
        assert_eq!(texts(&connection, "pragma integrity_check"), ["ok"], "{options:?}");
        assert_eq!(number(&connection, "select count(*) from pragma_foreign_key_check"), 0, "{options:?}");
        assert_eq!(texts(&connection, "pragma journal_mode"), ["delete"]);
        assert_eq!(number(&connection, "pragma page_size"), 4096);
    }
}

#[test]
fn rows_are_as_many_as_asked_for() {
    let options = SampleOptions::messages(3000);
    let (_dir, sample) = sample(&options);
    let connection = open(&sample);
    for (table, expected) in [
        ("User", options.bots),
        ("Bot", options.bots),
        ("Client", options.clients),
        ("Message", 3000),
        ("Reminder", options.reminders),
        ("_prisma_migrations", 1),
    ] {
        assert_eq!(sample.rows_of(table), expected, "{table}");
        assert_eq!(
            number(&connection, &format!("select count(*) from \"{table}\"")),
            expected.cast_signed(),
            "{table}"
        );
    }
    assert_eq!(sample.rows.len(), 6);
}

#[test]
fn messages_are_about_120_bytes() {
    let (_dir, sample) = sample(&SampleOptions { messages: 20_000, ..SampleOptions::messages(20_000) });
    let sql = "select cast(avg(length(cast(content as blob))) as integer) from Message where length(content) < 10000";
    let average = number(&open(&sample), sql);
    assert!((105..=135).contains(&average), "{average} bytes on average");
}

#[test]
fn small_is_small() {
    let (_dir, sample) = sample(&SampleOptions::small());
    let size = fs::metadata(&sample.database).unwrap().len();
    assert!((60_000..=110_000).contains(&size), "{size} bytes");
    let sessions: usize = contents(&sample.sessions).values().map(Vec::len).sum();
    assert!((200_000..=800_000).contains(&sessions), "{sessions} bytes of sessions");
}

#[test]
fn dates_come_in_three_encodings_in_one_column() {
    let (_dir, sample) = sample(&SampleOptions::small());
    let kinds = texts(
        &open(&sample),
        "select distinct case when typeof(timestamp) = 'text' then 'text ' || length(timestamp) else typeof(timestamp) end
         from Message order by 1",
    );
    assert_eq!(kinds, ["integer", "text 19", "text 29"]);
}

#[test]
fn ids_have_gaps_and_the_sequence_is_ahead() {
    let (_dir, sample) = sample(&SampleOptions { messages: 500, ..SampleOptions::small() });
    let connection = open(&sample);
    let last = number(&connection, "select max(id) from Message");
    assert!(last > 500);
    assert_eq!(number(&connection, "select seq from sqlite_sequence where name = 'Message'"), last + 50);
}

#[test]
fn the_smallest_sample_has_every_form_of_text() {
    let (_dir, sample) = sample(&SampleOptions::small());
    let connection = open(&sample);
    for part in ["\t", "\\", "\r\n", "\"", "'", "ñ", "🤖", "\u{2028}"] {
        let sql = "select (select count(*) from Message where instr(content, ?1)) + (select count(*) from Bot where instr(config, ?1))";
        let rows: i64 = connection.query_row(sql, [part], |row| row.get(0)).unwrap();
        assert!(rows > 0, "no text with {part:?}");
    }
    for whole in ["", "NULL", "\\N"] {
        let sql = "select count(*) from Message where content = ?1";
        let rows: i64 = connection.query_row(sql, [whole], |row| row.get(0)).unwrap();
        assert!(rows > 0, "no message that is {whole:?}");
    }
    assert!(number(&connection, "select count(*) from Client where name is null") > 0);
    assert!(number(&connection, "select count(*) from Message where mediaType = ''") > 0);
}

#[test]
fn the_checksum_is_that_of_the_migration_on_disk() {
    use sha2::Digest as _;
    let (_dir, sample) = sample(&SampleOptions { extras: true, ..SampleOptions::small() });
    let connection = open(&sample);
    let names = texts(&connection, "select migration_name from _prisma_migrations order by 1");
    assert_eq!(names.len(), 2);
    for name in names {
        let sql = fs::read(sample.migrations.join(&name).join("migration.sql")).unwrap();
        let digest: String = sha2::Sha256::digest(sql).iter().map(|byte| format!("{byte:02x}")).collect();
        let recorded =
            texts(&connection, &format!("select checksum from _prisma_migrations where migration_name = '{name}'"));
        assert_eq!(recorded, [digest]);
    }
}

#[test]
fn extras_are_in_schema_and_database_alike() {
    let (_dir, sample) = sample(&SampleOptions { extras: true, ..SampleOptions::small() });
    let schema = fs::read_to_string(&sample.schema).unwrap();
    for (model, table) in [
        ("model State", "State"),
        ("@@map(\"tags\")", "tags"),
        ("@@map(\"client_tags\")", "client_tags"),
        ("model Setting", "Setting"),
        ("model Campaign", "Campaign"),
        ("campaigns       Campaign[]", "_CampaignToClient"),
    ] {
        assert!(schema.contains(model), "{model}");
        assert!(sample.rows_of(table) > 0, "{table}");
    }
    assert!(number(&open(&sample), "select count(*) from Client where stateId is not null") > 0);
}

#[test]
fn nasty_rows_are_there_only_when_asked_for() {
    let ((_plain, plain), (_nasty, nasty)) =
        (sample(&SampleOptions::small()), sample(&SampleOptions { nasty: true, ..SampleOptions::small() }));
    let with_nul = "select count(*) from Message where instr(cast(content as blob), x'00')";
    assert_eq!((number(&open(&plain), with_nul), number(&open(&nasty), with_nul)), (0, 1));
}

/// The sample can be installed and started: no file of the application was forgotten, none is another version.
#[test]
fn the_whole_application_is_in_the_sample() {
    let application = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/autobot-app");
    let (_dir, sample) = sample(&SampleOptions::small());
    for folder in ["server/src", "server/prisma/migrations"] {
        let here: BTreeMap<_, _> = contents(&sample.root.join(folder));
        assert_eq!(here.keys().collect::<Vec<_>>(), contents(&application.join(folder)).keys().collect::<Vec<_>>());
    }
    for (name, bytes) in contents(&sample.root.join("server/src")) {
        assert!(bytes == fs::read(application.join("server/src").join(&name)).unwrap(), "{name}");
    }
    for name in ["server/package.json", "server/package-lock.json", "server/prisma.config.js", "start_serv.sh"] {
        assert!(fs::read(application.join(name)).unwrap() == fs::read(sample.root.join(name)).unwrap(), "{name}");
    }
    let lock = fs::read_to_string(sample.root.join("server/package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "the lock file names a registry");
}

#[test]
fn a_directory_with_something_in_it_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("mine"), "kept").unwrap();
    let error = make(dir.path(), &SampleOptions::small()).unwrap_err();
    assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
    assert!(error.hint().is_some());
    assert_eq!(contents(dir.path()).len(), 1);
}

#[test]
fn rows_without_bots_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let error = make(dir.path(), &SampleOptions { bots: 0, ..SampleOptions::small() }).unwrap_err();
    assert!(matches!(error, Error::NoBots { rows: 70 }), "{error}");
}

#[cfg(unix)]
#[test]
fn modes_and_links_are_set() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, sample) = sample(&SampleOptions::small());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&sample.env_file), 0o600);
    assert_eq!(mode(&sample.root.join("start_serv.sh")), 0o755);
    let profile = sample.sessions.join(format!("session-{}", sample.bots[0]));
    assert_eq!(fs::read_link(profile.join("SingletonLock")).unwrap(), Path::new("autobot-4242"));
    assert!(fs::read(profile.join("Default/LOG.latest")).is_ok());
}
