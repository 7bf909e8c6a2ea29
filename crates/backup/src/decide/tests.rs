use super::*;
use crate::facts::Orphan;
use crate::{CutOff, Paths, Previous, SessionChanges, Soundness, SourceState, Space};

fn facts() -> Facts {
    let path = PathBuf::from("/app/server/prisma/dev.db");
    let state = SourceState {
        path: path.clone(),
        size_bytes: 100,
        modified_ns: 1,
        change_counter: 1,
        wal_bytes: 0,
        wal_modified_ns: 0,
        wal_salt: String::new(),
    };
    Facts {
        paths: Paths { database: path, env: Some("/app/.env".into()), schema: None, migrations: None, sessions: None },
        root: "/app/backups".into(),
        looked_at: Timestamp { unix_ms: 1_795_550_000_000 },
        state,
        journal_mode: "delete".to_owned(),
        soundness: Soundness {
            damage: Vec::new(),
            content: Vec::new(),
            foreign_keys: ForeignKeys::Checked { orphans: 0, first: Vec::new() },
        },
        tables: Vec::new(),
        columns: vec![("Bot".to_owned(), vec!["id".to_owned(), "userId".to_owned(), "config".to_owned()])],
        holders: Vec::new(),
        space: Space { needed_bytes: 10, free_bytes: 20, session_files: 0, session_bytes: 0 },
        present: BTreeSet::from([Kind::Environment]),
        schema_is_folder: false,
        previous: None,
        cut_off: Vec::new(),
        taken: BTreeSet::new(),
    }
}

fn options() -> Options {
    Options {
        refuse_orphans: false,
        refuse_running_writer: false,
        session_changes: SessionChanges::Warn,
        exports: vec![TableExport::bot_configs()],
    }
}

fn ids(plan: &Plan<Change>) -> Vec<String> {
    plan.steps.iter().map(|step| autobot_plan::Change::id(&step.change)).collect()
}

#[test]
fn a_new_backup_has_every_change_in_order_and_a_free_name() {
    let mut facts = facts();
    let time = facts.looked_at.compact();
    facts.taken.insert(time.clone());
    let plan = plan(&facts, &options()).unwrap();
    let next = Timestamp { unix_ms: facts.looked_at.unix_ms + 1000 }.compact();
    let own = ["begin", "database", "environment", "dump", "row_counts", "export.bot_configs_backup.json", "seal"];
    assert_eq!(ids(&plan), own.map(|id| format!("{next}/{id}")));
    assert!(plan.steps.iter().all(|step| step.standing == Standing::ToDo));
}

#[test]
fn a_cut_off_run_goes_on_and_a_stale_one_is_cleared() {
    let mut facts = facts();
    let cut_off = |name: &str, goes_on| CutOff { folder: facts.root.join(name), goes_on, done_bytes: 0 };
    facts.cut_off = vec![cut_off("20260101_000000", false), cut_off("20260102_000000", true)];
    let plan = plan(&facts, &options()).unwrap();
    assert_eq!(ids(&plan)[..2], ["20260101_000000/clear".to_owned(), "20260102_000000/begin".to_owned()]);
}

#[test]
fn a_backup_of_the_same_state_leaves_nothing_to_do() {
    let mut facts = facts();
    let folder = facts.root.join("20260102_000000");
    let files = BTreeSet::from(["bot_configs_backup.json".to_owned()]);
    facts.previous = Some(Previous { folder, created: String::new(), files });
    facts.space.free_bytes = 0;
    assert!(plan(&facts, &options()).unwrap().is_done());
    // An export that it does not hold makes it another backup.
    facts.space.free_bytes = 20;
    facts.previous.as_mut().unwrap().files.clear();
    assert!(!plan(&facts, &options()).unwrap().is_done());
}

#[test]
fn every_reason_against_a_backup_is_named() {
    let mut facts = facts();
    let orphan = Orphan { table: "Bot".to_owned(), rowid: Some(7), parent: "User".to_owned(), fkid: 0 };
    facts.soundness.damage = vec!["Tree 2 page 3: btreeInitPage() returns error code 11".to_owned()];
    facts.soundness.foreign_keys = ForeignKeys::Checked { orphans: 3, first: vec![orphan] };
    facts.holders = vec![Holder { pid: Some(4711), program: "node".to_owned(), writes: true }];
    facts.space.free_bytes = 9;
    let strict = Options { refuse_orphans: true, refuse_running_writer: true, ..options() };
    let error = plan(&facts, &strict).unwrap_err();
    let text = error.to_string();
    for part in ["btreeInitPage", "3 rows refer to nothing", "`Bot` rowid 7", "node (pid 4711)", "9 bytes free"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(error.hint().unwrap().lines().count(), 4);
    facts.soundness.damage.clear();
    facts.space.free_bytes = 20;
    let notes = plan(&facts, &options()).unwrap().notes.join("\n");
    assert!(notes.contains("rowid 7") && notes.contains("node (pid 4711)"), "{notes}");
}
