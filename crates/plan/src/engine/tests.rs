use std::collections::BTreeSet;
use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use super::*;
use crate::{Description, Fingerprint, Silent};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Put(u8);

impl Change for Put {
    fn id(&self) -> String {
        format!("put.{}", self.0)
    }
    fn describe(&self) -> Description {
        Description::line(format!("Put {}", self.0))
    }
}

/// A world of numbers; stops the run when `stop_at` is put.
struct World {
    there: BTreeSet<u8>,
    stop_at: Option<u8>,
}

impl Executor<Put> for World {
    type Error = Infallible;
    async fn probe(&mut self, change: &Put) -> Result<Standing, Infallible> {
        Ok(if self.there.contains(&change.0) { Standing::AlreadySo } else { Standing::ToDo })
    }
    async fn apply(&mut self, change: &Put, scope: &Scope<'_>) -> Result<Outcome, Infallible> {
        self.there.insert(change.0);
        if self.stop_at == Some(change.0) {
            scope.stop.request();
        }
        Ok(Outcome::line("put"))
    }
    async fn undo(&mut self, change: &Put, _: &Outcome) -> Result<(), Infallible> {
        self.there.remove(&change.0);
        Ok(())
    }
}

fn plan() -> Plan<Put> {
    let mut plan = Plan::new("test");
    (0..3).for_each(|number| plan.push(Put(number), Standing::ToDo));
    plan
}

#[tokio::test]
async fn stops_between_changes_goes_on_and_then_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut world = World { there: BTreeSet::new(), stop_at: Some(1) };
    let mut journal = Journal::open(&path, &Fingerprint::new()).unwrap();
    let stopped = run(&plan(), &mut world, &mut journal, &Silent, &Stop::new()).await;
    assert!(matches!(stopped, Err(RunError::Stopped { title }) if title == "Put 2"));

    let mut journal = Journal::open(&path, &Fingerprint::new()).unwrap();
    let summary = run(&plan(), &mut world, &mut journal, &Silent, &Stop::new()).await.unwrap();
    assert_eq!((summary.already_so.len(), summary.applied.len()), (2, 1));

    let before = std::fs::read(&path).unwrap();
    let mut journal = Journal::open(&path, &Fingerprint::new()).unwrap();
    let summary = run(&plan(), &mut world, &mut journal, &Silent, &Stop::new()).await.unwrap();
    assert_eq!(summary.already_so.len(), 3);
    assert_eq!(before, std::fs::read(&path).unwrap());
}
