use std::fs;

use autobot_plan::{
    Change as _, Executor as _, Fingerprint, Journal, Outcome, Plan, Scope, Silent, Standing, Stop, run,
};

use super::AppFiles;
use crate::fixture::{App, PASSWORD, client_options, configure_options, finish_options, migration_options, url};
use crate::{ArchiveBy, Change, Facts, client, configure, finish, migrations};

fn all_plans(facts: &Facts, app: &App, how: ArchiveBy) -> Vec<Plan<Change>> {
    vec![
        configure(facts, &configure_options()).unwrap(),
        migrations(facts, &migration_options()),
        client(facts, &client_options()),
        finish(facts, &finish_options(app, how)).unwrap(),
    ]
}

fn executor(app: &App) -> AppFiles {
    AppFiles::new(app.backup_dir()).with_url(url(), Vec::new())
}

/// Runs the four plans, each made from fresh facts, as the phases do.
async fn run_all(app: &App, how: ArchiveBy) -> usize {
    let mut journal = Journal::open(&app.backup_dir().join("journal"), &Fingerprint::new()).unwrap();
    let mut executor = executor(app);
    let mut applied = 0;
    for index in 0..4 {
        let plan = all_plans(&app.facts(), app, how).remove(index);
        applied += run(&plan, &mut executor, &mut journal, &Silent, &Stop::new()).await.unwrap().applied.len();
    }
    applied
}

async fn undo_all(app: &App) -> Vec<String> {
    let journal = Journal::read(&app.backup_dir().join("journal")).unwrap();
    let mut executor = executor(app);
    for record in journal.changes.iter().rev() {
        let change: Change = serde_json::from_value(record.change.clone()).unwrap();
        // The outcome may be missing when a run was cut off: undoing does without it.
        executor.undo(&change, &Outcome::line("")).await.unwrap();
        executor.undo(&change, &Outcome::line("")).await.unwrap();
    }
    executor.take_notices()
}

#[cfg(unix)]
#[tokio::test]
async fn all_phases_a_second_run_and_the_way_back() {
    for how in [ArchiveBy::Move, ArchiveBy::Copy] {
        let app = App::new();
        let before = app.state();
        assert!(run_all(&app, how).await > 8);

        assert!(
            app.read("server/.env")
                .contains("DATABASE_URL=\"postgresql://autobot:n0t%23to%3Abe%2Fseen@localhost:5433/")
        );
        assert!(app.read("server/.env.example").contains("JWT_SECRET=your_jwt_secret_here"));
        assert!(
            app.read("server/prisma/schema.prisma")
                .contains("\n  provider = \"postgresql\" // provider = \"sqlite\"\n")
        );
        assert!(app.read("server/prisma/migrations/migration_lock.toml").contains("provider = \"postgresql\""));
        assert!(!app.path("server/prisma/migrations/20240101000000_init").exists());
        assert!(app.backup_dir().join("moved/server/prisma/migrations/20240101000000_init/migration.sql").exists());
        assert!(app.read("server/node_modules/.prisma/client/index.js").contains("postgresql"));
        assert_eq!(app.read("server/prisma/archive/dev.db.20261124_195308"), "SQLite format 3\0rows");
        assert_eq!(app.read("server/prisma/archive/dev.db.20261124_195308-wal"), "more rows");
        assert_eq!(app.path("server/prisma/dev.db").exists(), how == ArchiveBy::Copy);

        let done = app.whole_state();
        assert_eq!(run_all(&app, how).await, 0, "a second run has nothing to do");
        assert_eq!(app.whole_state(), done, "and writes nothing");
        for plan in all_plans(&app.facts(), &app, how) {
            for step in &plan.steps {
                assert_eq!(step.standing, Standing::AlreadySo, "{}", step.change.id());
            }
        }

        assert_eq!(undo_all(&app).await, [""; 0]);
        assert_eq!(app.state(), before, "every file is as it was");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_journal_holds_no_secret() {
    let app = App::new();
    run_all(&app, ArchiveBy::Move).await;
    let journal = fs::read_to_string(app.backup_dir().join("journal")).unwrap();
    for secret in [PASSWORD, "n0t%23to", "sk-proj-abcdefghijkl", "super_secret_jwt_key"] {
        assert!(!journal.contains(secret), "{secret}");
    }
}

/// Stops before each change in turn, runs again to the end, and goes back.
#[cfg(unix)]
#[tokio::test]
async fn cut_off_before_any_change_it_ends_the_same() {
    let whole = App::new();
    run_all(&whole, ArchiveBy::Move).await;
    let relative = |app: &App| -> Vec<(String, String)> {
        let state = app.state().into_iter();
        state.map(|(path, hash)| (path.strip_prefix(app.root()).unwrap().display().to_string(), hash)).collect()
    };
    let expected = relative(&whole);
    for cut in 0..12 {
        let app = App::new();
        let before = app.state();
        let mut journal = Journal::open(&app.backup_dir().join("journal"), &Fingerprint::new()).unwrap();
        let mut left = cut;
        for index in 0..4 {
            let mut plan = all_plans(&app.facts(), &app, ArchiveBy::Move).remove(index);
            plan.steps.truncate(left);
            left -= plan.steps.len();
            run(&plan, &mut executor(&app), &mut journal, &Silent, &Stop::new()).await.unwrap();
        }
        drop(journal);
        run_all(&app, ArchiveBy::Move).await;
        assert_eq!(relative(&app), expected, "cut off after {cut} changes");
        undo_all(&app).await;
        assert_eq!(app.state(), before, "cut off after {cut} changes");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_people_did_since_is_kept_beside() {
    let app = App::new();
    let before = app.state();
    run_all(&app, ArchiveBy::Move).await;
    app.write("server/.env", "DATABASE_URL=theirs\n");
    app.write("server/prisma/migrations/20270101000000_more/migration.sql", "select 1;");
    app.write("server/prisma/dev.db", "a new one");
    let notices = undo_all(&app).await;
    assert_eq!(notices.len(), 3, "{notices:?}");
    assert_eq!(app.read("server/.env.after-migration"), "DATABASE_URL=theirs\n");
    assert_eq!(app.read("server/prisma/migrations.after-migration/20270101000000_more/migration.sql"), "select 1;");
    assert_eq!(app.read("server/prisma/dev.db.after-migration"), "a new one");
    let mut now = app.state();
    now.retain(|path, _| !path.to_string_lossy().contains("after-migration"));
    assert_eq!(now, before);
}

#[cfg(unix)]
#[tokio::test]
async fn rolled_back_and_run_again() {
    let app = App::new();
    let before = app.state();
    run_all(&app, ArchiveBy::Move).await;
    undo_all(&app).await;
    fs::remove_file(app.backup_dir().join("journal")).unwrap();
    assert!(run_all(&app, ArchiveBy::Move).await > 8);
    undo_all(&app).await;
    assert_eq!(app.state(), before);
}

#[cfg(unix)]
#[tokio::test]
async fn a_failing_generator_stops_or_warns() {
    let app = App::new();
    let failing = |required| Change::GenerateClient {
        folder: app.places.named("."),
        command: ["sh", "-c", "p=gehei; echo postgresql://u:${p}m@h/d >&2; exit 7"].map(str::to_owned).into(),
        schema: Vec::new(),
        generated: vec![app.places.named("node_modules/.prisma")],
        absent_before: Vec::new(),
        timeout_ms: 10_000,
        required,
    };
    let stop = Stop::new();
    let scope = Scope { id: "generate", observer: &Silent, stop: &stop };
    let error = executor(&app).apply(&failing(true), &scope).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("exit code 7") && !text.contains("geheim"), "{text}");
    let outcome = executor(&app).apply(&failing(false), &scope).await.unwrap();
    assert_eq!(outcome.facts["generated"], false);
    assert!(outcome.summary.contains("left to you"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_linked_private_crlf_env_stays_so() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let app = App::new();
    let real = app.path("secrets/bot.env");
    app.write("secrets/bot.env", "\u{feff}A=1\r\nexport DATABASE_URL='file:./dev.db' # here\r\nB=2");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(app.path("server/.env")).unwrap();
    std::os::unix::fs::symlink("../secrets/bot.env", app.path("server/.env")).unwrap();
    let before = fs::read(&real).unwrap();
    run_all(&app, ArchiveBy::Move).await;
    let encoded = url().expose();
    let expected = format!("\u{feff}A=1\r\nexport DATABASE_URL='{}' # here\r\nB=2", encoded.expose());
    assert_eq!(fs::read_to_string(&real).unwrap(), expected);
    assert!(app.path("server/.env").is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o7777, 0o600);
    undo_all(&app).await;
    assert_eq!(fs::read(&real).unwrap(), before);
    assert!(app.path("server/.env").is_symlink());
}

#[cfg(unix)]
#[tokio::test]
async fn of_a_linked_database_the_file_is_archived() {
    let app = App::new();
    fs::create_dir(app.path("data")).unwrap();
    fs::rename(app.path("server/prisma/dev.db"), app.path("data/bot.db")).unwrap();
    fs::remove_file(app.path("server/prisma/dev.db-wal")).unwrap();
    std::os::unix::fs::symlink("../../data/bot.db", app.path("server/prisma/dev.db")).unwrap();
    run_all(&app, ArchiveBy::Move).await;
    assert!(app.path("data/archive/bot.db.20261124_195308").is_file());
    assert_eq!(run_all(&app, ArchiveBy::Move).await, 0);
    undo_all(&app).await;
    assert_eq!(app.read("server/prisma/dev.db"), "SQLite format 3\0rows");
}
