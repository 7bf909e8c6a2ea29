//! Wrong input is answered by name, with the exit code that the help text promises.

use std::fs;
use std::process::Command;

use autobot_sample::SampleOptions;
use autobot_testkit::{database, database_hash, sqlite};
use rusqlite::Connection;

use crate::checkout::{Checkout, WORK_DIR};
use crate::program::{Ran, autobot, copy, run};

const NOWHERE: &str = "postgresql://nobody:nothing@127.0.0.1:1/nowhere";

#[test]
fn wrong_arguments() {
    run(["fly"]).exits(2).says("unrecognized subcommand 'fly'");
    run(["phase", "7"]).exits(2).says("7");
    run(["phase"]).exits(2).says("<PHASE>");
    run(["copy", "--verify", "everything"]).exits(2).says("possible values");
    run(["--target", "mysql://user:p4ss@host/db", "plan"]).exits(2).says("postgresql").hides("p4ss");
    run(["copy", "--source", "x.db"]).exits(2).says("--target");
    run(["--help"]).exits(0).says("another run holds the lock");
    run(["--version"]).exits(0).says("autobot");
}

#[test]
fn wrong_settings() {
    let dir = tempfile::tempdir().unwrap();
    let check = |text: &str, said: &str| {
        let file = dir.path().join("autobot.toml");
        fs::write(&file, text).unwrap();
        let ran = Ran::of(autobot().arg("--config").arg(&file).arg("plan")).exits(3);
        ran.says(said).says("autobot.toml");
    };
    check("[target]\nprovder = \"local\"\n", "did you mean `provider`?");
    check("[target]\nport = \"5432\"\n", "port");
    check("[finish]\nschedule_att = \"02:00\"\n", "did you mean `schedule_at`?");
    check("not toml at all", "line 1");
    Ran::of(autobot().args(["--config", "no/such/file.toml", "plan"])).exits(3).says("no/such/file.toml");
}

#[test]
fn an_application_that_is_not_there() {
    for command in ["plan", "migrate"] {
        run(["--app", "/no/such/AutoBOT", command]).exits(7).says("/no/such/AutoBOT");
    }
    run(["--app", "/no/such/AutoBOT", "phase", "1"]).exits(7).says("/no/such/AutoBOT");
}

/// The source: missing, something else, damaged.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_sources() {
    autobot_testkit::skip_without_postgres!();
    let (dir, target) = (tempfile::tempdir().unwrap(), database().await);
    let before = database_hash(&target.url).await;
    let check = |name: &str, bytes: Option<&[u8]>, said: &str| {
        let path = dir.path().join(name);
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).unwrap();
        }
        let document = Ran::of(&mut copy(&path, &target.url, &dir.path().join("work"))).exits(5).says(said).says(name);
        assert!(document.json()["error"].as_str().unwrap().contains(name));
    };
    check("missing.db", None, "missing.db");
    check("empty.db", Some(b""), "empty");
    check("text.db", Some(b"INSERT INTO t VALUES (1);\n".repeat(400).as_slice()), "SQLite");
    check("noise.db", Some(&noise(16384)), "SQLite");
    let whole = fs::read(wide().path).unwrap();
    check("cut.db", Some(&whole[..whole.len() / 2]), "cut.db");
    assert_eq!(database_hash(&target.url).await, before, "a refusal touched the target");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page() {
    autobot_testkit::skip_without_postgres!();
    let source = wide();
    let mut bytes = fs::read(&source.path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].copy_from_slice(&noise(4096));
    fs::write(&source.path, &bytes).unwrap();
    let target = database().await;
    let before = database_hash(&target.url).await;
    let work = source.dir.path().join("work");
    Ran::of(&mut copy(&source.path, &target.url, &work)).exits(5).says("`t` is damaged").says(".recover");
    assert_eq!(database_hash(&target.url).await, before, "a refusal touched the target");

    let checkout = Checkout::new(&SampleOptions::small()).await;
    let mut bytes = fs::read(&checkout.sample.database).unwrap();
    bytes[4096 * 4..4096 * 5].copy_from_slice(&noise(4096));
    fs::write(&checkout.sample.database, &bytes).unwrap();
    let files = checkout.files();
    checkout.run(&["migrate"]).exits(5).says("dev.db").says("integrity_check");
    checkout.files().same_as(&files, "a damaged source");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_without_its_files() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    for (file, code) in [("server/prisma/dev.db", 5), ("server/.env", 0), ("server/prisma/schema.prisma", 7)] {
        let (there, away) = (checkout.path(file), checkout.beside().join("away"));
        fs::rename(&there, &away).unwrap();
        let before = checkout.files();
        checkout.run(&["plan"]).exits(code).says(file);
        checkout.files().same_as(&before, &format!("plan without {file}"));
        fs::rename(&away, &there).unwrap();
    }
}

/// The target: nobody there, a wrong password, no database, no rights, not empty.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_targets() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let files = checkout.files();
    let url = &checkout.database.url;
    let wrong = url.replace(":testkit@", ":geheim%23word@");
    assert_ne!(&wrong, url);
    let no_database = url.replace(&checkout.database.name, "no_such_database");
    let source = checkout.sample.database.to_str().unwrap();
    for (number, (target, said)) in
        [(NOWHERE, "127.0.0.1:1"), (&wrong, "password"), (&no_database, "no_such_database")].iter().enumerate()
    {
        let work = checkout.beside().join(format!("work-{number}"));
        for command in [&["migrate"][..], &["phase", "2", "--dry-run"], &["--json", "copy", "--source", source]] {
            let mut program = autobot();
            program.arg("--app").arg(checkout.root()).arg("--work-dir").arg(&work);
            let ran = Ran::of(program.args(["--target", target]).args(command));
            ran.exits(6).says(said).hides("geheim").hides("nothing@");
        }
        let journal = fs::read_to_string(work.join("journal.jsonl")).unwrap();
        assert!(!journal.contains("geheim") && !journal.contains("nothing@"), "a password is in the journal");
    }
    checkout.files().same_as(&files, "wrong targets");
}

/// A mistyped target is not a decision: nothing was made there, so the next run may name another.
#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_target_can_be_corrected() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    Ran::of(autobot().arg("--app").arg(checkout.root()).args(["--target", NOWHERE, "migrate"])).exits(6);
    checkout.run(&["migrate"]).exits(0);
    assert_eq!(checkout.rows("Message").await, 48);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_rights() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    let (name, role) = (&checkout.database.name, format!("weak_{}", checkout.database.name));
    checkout.database.execute(&format!("create role {role} login password 'w'")).await;
    checkout.database.execute(&format!("revoke create on database {name} from public")).await;
    let weak = checkout.database.url.replace("postgres:testkit@", &format!("{role}:w@"));
    let before = database_hash(&checkout.database.url).await;
    let ran = Ran::of(autobot().arg("--app").arg(checkout.root()).args(["--target", &weak, "migrate"])).exits(6);
    ran.says(&role).says("grant");
    let source = checkout.sample.database.to_str().unwrap();
    Ran::of(autobot().current_dir(checkout.beside()).args(["--target", &weak, "copy", "--source", source])).exits(6);
    assert_eq!(database_hash(&checkout.database.url).await, before, "without rights, and yet changed");
    checkout.database.execute(&format!("drop role {role}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_is_not_empty() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.database.execute(r#"create table "Bot" (id int); insert into "Bot" values (1)"#).await;
    let (files, before) = (checkout.files(), database_hash(&checkout.database.url).await);
    checkout.run(&["migrate"]).exits(6).says("`Bot`").says("not empty");
    let source = checkout.sample.database.to_str().unwrap();
    let work = checkout.beside().join("work");
    checkout.run(&["--work-dir", work.to_str().unwrap(), "copy", "--source", source]).exits(6).says("`Bot`");
    checkout.files().same_as(&files, "a target that is not empty");
    assert_eq!(database_hash(&checkout.database.url).await, before);
}

/// Two at once: the second says who holds the lock and changes nothing.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_at_the_same_time() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::messages(3000)).await;
    let first = checkout.command(&["migrate"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    // The first is inside once its journal is there; then it is held, so that the second always meets it.
    let journal = checkout.path(WORK_DIR).join("journal.jsonl");
    while !journal.exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    signal("-STOP", first.id());
    let ran = checkout.run(&["migrate"]);
    let phase = checkout.run(&["phase", "1"]);
    signal("-CONT", first.id());
    ran.exits(10).says("lock");
    phase.exits(10);
    Ran::waited(first).exits(0);
}

/// Ctrl-C at moments spread over a run, in the middle of a change too.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_it_says_so_and_goes_on() {
    use std::time::{Duration, Instant};
    autobot_testkit::skip_without_postgres!();
    let options = SampleOptions::messages(5000);
    let began = Instant::now();
    Checkout::new(&options).await.run(&["migrate"]).exits(0);
    let took = began.elapsed();
    for moment in 0..6 {
        let checkout = Checkout::new(&options).await;
        let child = checkout.command(&["migrate"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
        while !checkout.path(WORK_DIR).join("journal.jsonl").exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(took * moment / 8);
        signal("-INT", child.id());
        let ran = Ran::waited(child);
        assert!([0, 130].contains(&ran.code), "{ran:?}");
        checkout.run(&["migrate"]).exits(0);
        assert_eq!(checkout.rows("Message").await, 5000);
    }
}

/// A full disk is named, and with room again the same command ends well. Needs a mount of its own.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::messages(2000)).await;
    let (small, files) = (checkout.beside().join("small"), checkout.files());
    fs::create_dir(&small).unwrap();
    let mounted = r#"mount -t tmpfs -o size=600k none "$1" 2>/dev/null || exit 77; shift; exec "$@""#;
    let program = checkout.command(&["--work-dir", small.to_str().unwrap(), "migrate"]);
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", mounted, "sh"]).arg(&small);
    command.arg(program.get_program()).args(program.get_args()).current_dir(checkout.beside());
    let ran = match command.output() {
        Ok(output) => Ran::from(output),
        Err(error) => return eprintln!("skipped: no unshare ({error})"),
    };
    if ran.code == 77 || ran.err.starts_with("unshare:") {
        return eprintln!("skipped: no tmpfs can be mounted here");
    }
    assert!([4, 7, 9].contains(&ran.code), "{ran:?}");
    assert!(ran.err.contains("space"), "{}", ran.err);
    checkout.files().same_as(&files, "a full disk");
    checkout.run(&["migrate"]).exits(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_nowhere() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    for command in [&["-vv", "migrate"][..], &["status"], &["--json", "plan"], &["-vv", "verify"]] {
        checkout.run(command).hides("testkit");
    }
    // The one file besides the application's .env that may hold it is nobody else's to read.
    let mut found = Vec::new();
    for path in crate::listing::Listing::of(&checkout.path(WORK_DIR), &[]).0.keys() {
        let path = checkout.path(WORK_DIR).join(path);
        if path.is_file() && fs::read(&path).unwrap().windows(7).any(|bytes| bytes == b"testkit") {
            found.push(path);
        }
    }
    assert_eq!(found, [checkout.path(WORK_DIR).join("target.secret")]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&found[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[cfg(unix)]
fn signal(signal: &str, process: u32) {
    let status = Command::new("kill").arg(signal).arg(process.to_string()).status().unwrap();
    assert!(status.success());
}

/// A database of many pages.
fn wide() -> autobot_testkit::TempSqlite {
    let source = sqlite("create table t (id integer primary key, v text)");
    let connection = Connection::open(&source.path).unwrap();
    let fill = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
        insert into t select i, hex(randomblob(60)) from n";
    connection.execute_batch(fill).unwrap();
    source
}

/// Bytes that are nothing: the low bits of a linear congruence.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(next).collect()
}
