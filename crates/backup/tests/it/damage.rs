use std::fs;
use std::path::Path;

use autobot_backup::{BackupError, Facts, Refusal, plan};
use autobot_db::SourceError;

use crate::project::Project;

/// Many rows, so that there are pages to damage.
fn big(project: &Project) {
    project.sql("insert into \"Message\"(content) select hex(randomblob(200)) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) select i from n)");
}

fn refusals(error: BackupError) -> Vec<Refusal> {
    match error {
        BackupError::Refused(refusals) => refusals.reasons,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_damaged_page_is_refused_with_the_words_of_integrity_check() {
    let project = Project::new();
    big(&project);
    let mut bytes = fs::read(&project.paths.database).unwrap();
    for page in [20, 40] {
        bytes[page * 4096..page * 4096 + 200].fill(0xa5);
    }
    fs::write(&project.paths.database, &bytes).unwrap();
    let refused = plan(&project.facts().await, &project.options).unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("integrity_check says") && text.contains("age "), "{text}");
    assert!(refused.hint().unwrap().contains(".recover"));
    let reasons = refusals(refused);
    assert!(reasons.iter().any(|reason| matches!(reason, Refusal::Damaged { lines } if !lines.is_empty())));
    assert!(!project.root().exists());
}

#[tokio::test]
async fn what_is_no_database_is_named() {
    let project = Project::new();
    let check = async |bytes: &[u8]| {
        fs::write(&project.paths.database, bytes).unwrap();
        Facts::gather(&project.paths, &project.root()).await.unwrap_err()
    };
    assert!(matches!(check(b"").await, BackupError::Source(SourceError::NotSqlite { .. })));
    assert!(matches!(check(b"BEGIN TRANSACTION;").await, BackupError::Source(SourceError::NotSqlite { .. })));
    fs::remove_file(&project.paths.database).unwrap();
    let missing = Facts::gather(&project.paths, Path::new("nowhere")).await.unwrap_err();
    assert!(matches!(missing, BackupError::Source(SourceError::Missing { .. })));
}

#[tokio::test]
async fn a_truncated_file_is_refused() {
    let project = Project::new();
    big(&project);
    let bytes = fs::read(&project.paths.database).unwrap();
    fs::write(&project.paths.database, &bytes[..bytes.len() / 2]).unwrap();
    match Facts::gather(&project.paths, &project.root()).await {
        Err(BackupError::Source(SourceError::Damaged { .. })) => {}
        Ok(facts) => assert!(!facts.soundness.damage.is_empty()),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn orphans_are_named_and_refused_only_where_the_options_say_so() {
    let mut project = Project::new();
    project.sql("pragma foreign_keys = off; insert into \"Bot\" values ('b3', 'nobody', '{}')");
    let notes = plan(&project.facts().await, &project.options).unwrap().notes;
    assert!(notes[0].contains("1 rows refer to nothing") && notes[0].contains("`Bot` rowid 3"), "{notes:?}");
    project.backup().await;
    project.options.refuse_orphans = true;
    let refused = plan(&project.facts().await, &project.options).unwrap_err();
    assert!(matches!(refusals(refused)[..], [Refusal::Orphans(_)]));
}

#[tokio::test]
async fn values_against_a_rule_are_a_note_not_damage() {
    let project = Project::new();
    project.sql("create table strange(a text, b integer not null); insert into strange values ('x', 1); pragma writable_schema = on; update sqlite_schema set sql = 'CREATE TABLE strange(a text not null, b integer not null)' where name = 'strange'");
    project.sql("pragma writable_schema = on; update sqlite_schema set sql = 'CREATE TABLE strange(a text, b integer)' where name = 'strange'");
    project.sql("insert into strange values (null, null); pragma writable_schema = on; update sqlite_schema set sql = 'CREATE TABLE strange(a text not null, b integer not null)' where name = 'strange'");
    let facts = project.facts().await;
    assert_eq!(facts.soundness.damage, Vec::<String>::new());
    assert_eq!(facts.soundness.content, ["NULL value in strange.a", "NULL value in strange.b"]);
    let backup = project.backup().await;
    assert!(backup.manifest().notes.iter().any(|note| note.contains("break a rule")), "{:?}", backup.manifest().notes);
}

#[tokio::test]
async fn a_disk_that_is_too_full_is_refused_before_anything_is_written() {
    let project = Project::new();
    let mut facts = project.facts().await;
    facts.space.free_bytes = facts.space.needed_bytes - 1;
    let refused = plan(&facts, &project.options).unwrap_err();
    assert!(matches!(refusals(refused)[..], [Refusal::Space(_)]));
    assert!(!project.root().exists());
}
