use std::time::Instant;

use autobot_backup::{Backup, BackupExecutor, Facts, Options, Paths, SessionChanges, TableExport, plan};
use autobot_plan::{Fingerprint, Journal, Silent, Stop, run};

/// Times phase 1 of the database named by `AUTOBOT_BENCH_DATABASE`, with the sessions of `AUTOBOT_BENCH_SESSIONS`:
/// `cargo test --release -p autobot-backup -- --ignored --nocapture phase_1`.
#[ignore = "a measurement, not a test"]
#[tokio::test(flavor = "multi_thread")]
async fn phase_1_of_a_large_database() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| std::env::var_os(name).map(std::path::PathBuf::from);
    let database = named("AUTOBOT_BENCH_DATABASE").expect("AUTOBOT_BENCH_DATABASE names a database");
    let sessions = named("AUTOBOT_BENCH_SESSIONS");
    let paths = Paths { database, env: None, schema: None, migrations: None, sessions };
    let options = Options {
        refuse_orphans: false,
        refuse_running_writer: false,
        session_changes: SessionChanges::Warn,
        exports: vec![TableExport::bot_configs()],
    };
    let root = folder.path().join("backups");
    let started = Instant::now();
    let facts = Facts::gather(&paths, &root).await.unwrap();
    println!("gather {:?}", started.elapsed());
    let plan = plan(&facts, &options).unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::open(&path, &Fingerprint::new()).unwrap();
    run(&plan, &mut BackupExecutor, &mut journal, &Silent, &Stop::new()).await.unwrap();
    println!("total {:?}", started.elapsed());
    for change in &journal.state().changes {
        println!("{} {} ms", change.id, change.took_ms);
    }
    println!("{:#?}", Backup::latest(&root).unwrap().unwrap().manifest().notes);
}
