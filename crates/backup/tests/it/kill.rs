use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use autobot_backup::Backup;

use crate::project::{Project, tree};

/// Names the project for the child that is to be killed.
const CHILD: &str = "AUTOBOT_BACKUP_TEST_PROJECT";

/// Not a test of its own: what the killed child runs.
#[tokio::test]
async fn child() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let mut project = Project::without_database();
    let inside =
        |path: &std::path::Path| std::path::Path::new(&folder).join(path.strip_prefix(project.folder.path()).unwrap());
    let paths = &project.paths;
    let moved = autobot_backup::Paths {
        database: inside(&paths.database),
        env: paths.env.as_deref().map(inside),
        schema: paths.schema.as_deref().map(inside),
        migrations: paths.migrations.as_deref().map(inside),
        sessions: paths.sessions.as_deref().map(inside),
    };
    project.paths = moved;
    let root = std::path::Path::new(&folder).join(".autobot-migration/backups");
    let facts = autobot_backup::Facts::gather(&project.paths, &root).await.unwrap();
    let plan = autobot_backup::plan(&facts, &project.options).unwrap();
    let journal = std::path::Path::new(&folder).join(".autobot-migration/journal.jsonl");
    let mut journal = autobot_plan::Journal::open(&journal, &autobot_plan::Fingerprint::new()).unwrap();
    let (mut executor, stop) = (autobot_backup::BackupExecutor, autobot_plan::Stop::new());
    autobot_plan::run(&plan, &mut executor, &mut journal, &autobot_plan::Silent, &stop).await.unwrap();
}

fn child_of(project: &Project) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child"])
        .env(CHILD, project.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A project whose backup takes a while.
fn slow_project() -> Project {
    let project = Project::new();
    project.sql("insert into \"Message\"(content) select hex(randomblob(400)) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000) select i from n)");
    for number in 0..40 {
        let content: Vec<u8> = (0..50_000_u32).map(|at| (at * number % 251) as u8).collect();
        crate::project::write(&project.sessions().join(format!("bot-1/key-{number}.json")), &content, 0o600);
    }
    project
}

#[tokio::test]
async fn killed_anywhere_and_run_again_it_ends_as_if_never_killed() {
    let undisturbed = slow_project();
    let started = Instant::now();
    assert!(child_of(&undisturbed).wait().unwrap().success());
    let took = started.elapsed();
    assert_eq!(Backup::find_complete(&undisturbed.root()).unwrap().len(), 1);

    let project = slow_project();
    let source = tree(&project.folder.path().join("server"));
    for kill in 1..=10 {
        let mut child = child_of(&project);
        std::thread::sleep(took * kill / 11);
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever is called a backup is one.
        for backup in Backup::find_complete(&project.root()).unwrap() {
            assert_eq!(backup.verify().unwrap().faults, []);
        }
    }
    assert!(child_of(&project).wait().unwrap().success());
    let backups = Backup::find_complete(&project.root()).unwrap();
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].verify().unwrap().faults, []);
    let names = |root: std::path::PathBuf| -> Vec<String> {
        let folder = fs::read_dir(root).unwrap().next().unwrap().unwrap().path();
        let time = folder.file_name().unwrap().to_string_lossy().into_owned();
        tree(&folder).into_keys().map(|path| path.to_string_lossy().replace(&time, "TIME")).collect()
    };
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 1);
    assert_eq!(names(project.root()), names(undisturbed.root()));
    assert_eq!(tree(&project.folder.path().join("server")), source);
}

#[tokio::test]
async fn what_a_run_about_another_state_left_is_cleared() {
    let project = Project::new();
    project.backup().await;
    // Take the seal off and leave a torn artefact, as a kill between two steps would.
    let sealed = Backup::latest(&project.root()).unwrap().unwrap().folder().to_owned();
    let part = sealed.with_extension("part");
    fs::rename(&sealed, &part).unwrap();
    fs::write(part.join("sqlite_dump.sql.partial"), "INSERT").unwrap();
    project.sql("insert into \"Message\"(content) values ('another state')");
    let facts = project.facts().await;
    assert!(!facts.cut_off[0].goes_on);
    project.backup().await;
    assert!(!part.exists());
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_run_cut_off_between_manifest_and_name_is_finished() {
    let project = Project::new();
    project.backup().await;
    let sealed = Backup::latest(&project.root()).unwrap().unwrap().folder().to_owned();
    let before = tree(&sealed);
    fs::rename(&sealed, sealed.with_extension("part")).unwrap();
    assert_eq!(Backup::find_complete(&project.root()).unwrap().len(), 0);
    assert_eq!(project.back_up().await.unwrap().applied.len(), 1);
    assert_eq!(tree(&sealed), before);
}
