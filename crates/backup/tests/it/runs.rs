use std::fs;

use autobot_backup::{Backup, Form, Kind, plan};
use autobot_plan::Standing;

use crate::project::{Project, tree};

#[tokio::test]
async fn everything_is_there_and_the_source_is_untouched() {
    let project = Project::new();
    let before = tree(project.folder.path());
    let backup = project.backup().await;
    let kinds: Vec<Kind> = backup.manifest().artefacts.iter().map(|artefact| artefact.kind).collect();
    for kind in [Kind::Database, Kind::Environment, Kind::Schema, Kind::Migrations, Kind::Sessions, Kind::Dump] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    let text = |file: &str| fs::read_to_string(backup.folder().join(file)).unwrap();
    let counts: serde_json::Value = serde_json::from_str(&text("row_counts.json")).unwrap();
    let rows: Vec<(&str, u64)> = counts
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["table"].as_str().unwrap(), c["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(rows, [("User", 1), ("Bot", 2), ("Message", 3)]);
    assert_eq!(
        text("bot_configs_backup.json"),
        "[{\"userId\":\"u1\",\"config\":\"{\\\"prompt\\\": \\\"it's\\\\nme\\\"}\"},\n{\"userId\":\"u1\",\"config\":null}]\n"
    );
    // Bytes and modes as they were; nothing of the run is left but the backup.
    let copy = tree(backup.folder());
    for (path, name) in [
        ("server/.env", ".env.backup"),
        ("server/prisma/schema.prisma", "schema.prisma"),
        ("server/prisma/migrations/20240101000000_init/migration.sql", "migrations/20240101000000_init/migration.sql"),
    ] {
        assert_eq!(before[std::path::Path::new(path)], copy[std::path::Path::new(name)], "{name}");
    }
    let mut after = tree(project.folder.path());
    after.retain(|path, _| !path.starts_with(".autobot-migration"));
    assert_eq!(after, before);
    assert!(!copy.keys().any(|path| path.to_string_lossy().contains("partial") || path.ends_with("begun.json")));
}

#[tokio::test]
async fn a_source_without_a_wal_is_copied_to_the_byte() {
    let project = Project::new();
    let backup = project.backup().await;
    assert_eq!(fs::read(backup.database().unwrap()).unwrap(), fs::read(&project.paths.database).unwrap());
    let time = backup.folder().file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(backup.only(Kind::Database).unwrap().path, format!("dev.db.backup_{time}"));
}

#[tokio::test]
async fn a_second_run_changes_nothing_and_a_changed_source_gets_a_second_backup() {
    let project = Project::new();
    project.back_up().await.unwrap();
    let before = tree(&project.folder.path().join(".autobot-migration"));
    let planned = plan(&project.facts().await, &project.options).unwrap();
    assert!(planned.is_done() && planned.steps.iter().all(|step| step.standing == Standing::AlreadySo));
    let summary = project.back_up().await.unwrap();
    assert_eq!(summary.applied.len(), 0);
    assert_eq!(tree(&project.folder.path().join(".autobot-migration")), before);

    project.sql("insert into \"Message\"(content) values ('new')");
    project.back_up().await.unwrap();
    assert_eq!(Backup::find_complete(&project.root()).unwrap().len(), 2);
    let newest = Backup::latest(&project.root()).unwrap().unwrap();
    assert!(fs::read_to_string(newest.folder().join("row_counts.json")).unwrap().contains("\"rows\": 4"));
}

#[tokio::test]
async fn a_plan_writes_nothing() {
    let project = Project::new();
    let before = tree(project.folder.path());
    plan(&project.facts().await, &project.options).unwrap();
    assert_eq!(tree(project.folder.path()), before);
}

#[tokio::test]
async fn only_the_database_is_required() {
    let mut project = Project::new();
    fs::remove_dir_all(project.sessions()).unwrap();
    project.paths.env = None;
    project.paths.migrations = None;
    project.options.exports[0].columns.push("nothing".to_owned());
    let notes = plan(&project.facts().await, &project.options).unwrap().notes;
    assert!(notes.iter().any(|note| note.contains("no sessions")), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("bot_configs_backup.json is left out")), "{notes:?}");
    let backup = project.backup().await;
    assert!(backup.of_kind(Kind::Sessions).chain(backup.of_kind(Kind::Environment)).next().is_none());
}

#[tokio::test]
async fn of_a_schema_folder_only_the_schema_is_copied() {
    let mut project = Project::new();
    project.paths.schema = Some(project.folder.path().join("server/prisma"));
    crate::project::write(&project.folder.path().join("server/prisma/models/bot.prisma"), b"model Bot {}", 0o644);
    let backup = project.backup().await;
    let paths: Vec<&str> = backup.of_kind(Kind::Schema).map(|artefact| artefact.path.as_str()).collect();
    assert_eq!(paths, ["schema", "schema/models", "schema/models/bot.prisma", "schema/schema.prisma"]);
    assert!(backup.of_kind(Kind::Schema).any(|artefact| artefact.form == Form::Folder));
}

#[tokio::test]
async fn undo_takes_everything_back() {
    let project = Project::new();
    project.backup().await;
    project.undo_all().await;
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 0);
    // Undoing twice is as good as once, and what is not ours stays.
    fs::create_dir_all(project.root().join("20260101_000000/mine")).unwrap();
    project.undo_all().await;
    assert!(project.root().join("20260101_000000/mine").exists());
}

#[tokio::test]
async fn damage_to_a_backup_is_found() {
    let project = Project::new();
    let backup = project.backup().await;
    let env = backup.folder().join(".env.backup");
    let mut bytes = fs::read(&env).unwrap();
    bytes[0] ^= 1;
    fs::write(&env, bytes).unwrap();
    assert_eq!(backup.verify().unwrap().faults[0].path, ".env.backup");
    let artefact = backup.only(Kind::Environment).unwrap();
    let target = project.paths.env.clone().unwrap();
    fs::write(&target, "other").unwrap();
    let error = backup.restore_file(artefact, &target).unwrap_err();
    assert!(error.to_string().contains("not what the manifest says"), "{error}");
    assert_eq!(fs::read(&target).unwrap(), b"other");
    fs::remove_file(env).unwrap();
    assert_eq!(Backup::find_complete(&project.root()).unwrap().len(), 0);
}
