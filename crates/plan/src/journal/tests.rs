use super::*;

fn fingerprint() -> Fingerprint {
    Fingerprint::from([("source".to_owned(), "dev.db".to_owned())])
}

#[test]
fn nothing_is_written_before_the_first_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work/journal.jsonl");
    let _ = Journal::open(&path, &fingerprint()).unwrap();
    assert!(!path.exists() && !path.parent().unwrap().exists());
}

#[test]
fn a_torn_last_line_is_dropped_and_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::open(&path, &fingerprint()).unwrap();
    journal.write(Entry::PhaseBegan { phase: Phase::Prepare }).unwrap();
    let mut text = std::fs::read(&path).unwrap();
    let whole = text.len();
    text.extend_from_slice(b"{\"v\":1,\"at\":12");
    std::fs::write(&path, &text).unwrap();
    let mut journal = Journal::open(&path, &fingerprint()).unwrap();
    assert_eq!(journal.state().entered, Some(Phase::Prepare));
    journal.write(Entry::PhaseDone { phase: Phase::Prepare, took_ms: 1, result: serde_json::Value::Null }).unwrap();
    assert!(std::fs::read(&path).unwrap().len() > whole);
    assert!(Journal::read(&path).unwrap().is_done(Phase::Prepare));
}

#[test]
fn another_source_is_another_migration() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::open(&path, &fingerprint()).unwrap();
    journal.write(Entry::PhaseBegan { phase: Phase::Prepare }).unwrap();
    let other = Fingerprint::from([("source".to_owned(), "other.db".to_owned())]);
    assert!(matches!(Journal::open(&path, &other), Err(JournalError::Fingerprint { field, .. }) if field == "source"));
}

#[test]
fn a_damaged_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    std::fs::write(&path, "{\"v\":1,\"at\":0,\"kind\":\"phase_began\",\"phase\":\"prepare\"}\nrubbish\n").unwrap();
    assert!(matches!(Journal::read(&path), Err(JournalError::Damaged { line: 2, .. })));
    std::fs::write(&path, "{\"v\":99}\n").unwrap();
    assert!(matches!(Journal::read(&path), Err(JournalError::Format { found: 99, .. })));
}
