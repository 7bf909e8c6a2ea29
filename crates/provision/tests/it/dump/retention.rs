//! Which backups count.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use autobot_plan::{Scope, Silent, Stop};
use autobot_provision::dump::{Inventory, Pruned, inventory, manifest_path, prune};
use autobot_testkit as testkit;

use super::{dump, options};

const DAY: i64 = 86_400;

async fn look(dir: &Path) -> Inventory {
    inventory(dir, &Scope { id: "look", observer: &Silent, stop: &Stop::new() }).await.unwrap()
}

async fn keep(dir: &Path, number: usize) -> Pruned {
    prune(dir, number, &Scope { id: "prune", observer: &Silent, stop: &Stop::new() }).await.unwrap()
}

/// One backup a day, oldest first.
async fn days(url: &str, dir: &Path, number: i64) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for day in 0..number {
        paths.push(dump(&options(url, dir, 1_800_000_000 + day * DAY)).await.unwrap().path);
    }
    paths
}

fn cut(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

#[tokio::test]
async fn damaged_and_unfinished_backups_are_not_counted() {
    testkit::skip_without_postgres!();
    let source = testkit::database().await;
    let dir = tempfile::tempdir().unwrap();
    let made = days(&source.url, dir.path(), 5).await;
    // The newest two are worthless: one cut, one cut and without the manifest that would tell.
    cut(&made[4]);
    cut(&made[3]);
    std::fs::remove_file(manifest_path(&made[3])).unwrap();
    let fresh = dir.path().join("autobot_20300101_000000.sql.gz.part");
    let stale = dir.path().join("autobot_20200101_000000.sql.gz.part");
    std::fs::write(&fresh, "").unwrap();
    let file = std::fs::File::create(&stale).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_hours(48)).unwrap();
    std::fs::write(dir.path().join("holiday.sql.gz"), "not ours").unwrap();

    let pruned = keep(dir.path(), 2).await;
    assert_eq!(pruned.kept, [made[2].clone(), made[1].clone()]);
    assert_eq!(pruned.deleted, [made[0].clone(), stale.clone()]);
    assert_eq!(pruned.damaged.len(), 2);
    assert!(made[3].exists() && made[4].exists() && fresh.exists() && !stale.exists());
    assert!(!made[0].exists() && !manifest_path(&made[0]).exists());
    assert!(dir.path().join("holiday.sql.gz").exists());
}

#[tokio::test]
async fn the_last_good_backup_is_never_deleted() {
    testkit::skip_without_postgres!();
    let source = testkit::database().await;
    let dir = tempfile::tempdir().unwrap();
    let made = days(&source.url, dir.path(), 3).await;
    cut(&made[2]);
    let pruned = keep(dir.path(), 0).await;
    assert_eq!((pruned.kept, pruned.deleted), (vec![made[1].clone()], vec![made[0].clone()]));
    assert_eq!(keep(dir.path(), 1).await.deleted, Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_backup_of_the_plans_own_script_counts() {
    testkit::skip_without_postgres!();
    let source = testkit::database().await;
    let dir = tempfile::tempdir().unwrap();
    let made = days(&source.url, dir.path(), 1).await;
    std::fs::remove_file(manifest_path(&made[0])).unwrap();
    let found = look(dir.path()).await;
    assert_eq!(found.good.len(), 1);
    assert_eq!(found.good[0].manifest, None);
    assert!(look(&dir.path().join("nowhere")).await.good.is_empty());
}
