use autobot_catalog::{ForeignKeyObject, IndexObject, Migration, TableObject, TargetSchema};
use autobot_db::{ColumnName, SchemaName, TableName};

use super::{Schedule, Task};
use crate::Options;
use crate::stage::StageState;

fn name(name: &str) -> TableName {
    TableName::new(name).unwrap()
}

fn index(table: &str, of: &str, constraint: bool) -> IndexObject {
    IndexObject {
        table: name(table),
        name: format!("{table}_{of}"),
        sql: String::new(),
        constraint_sql: constraint.then(String::new),
        columns: vec![ColumnName::new(of).unwrap()],
        unique: constraint,
        primary: constraint,
    }
}

/// `bot` (0) and `message` (1), each with a key, `message` with an index and a foreign key.
fn migration() -> Migration {
    let table = |table: &str| TableObject { table: name(table), sql: String::new() };
    let key = ForeignKeyObject {
        table: name("message"),
        name: "f".to_owned(),
        sql: String::new(),
        parent: name("bot"),
        not_valid: false,
    };
    let target = TargetSchema {
        schema: SchemaName::new("public").unwrap(),
        extensions: Vec::new(),
        types: Vec::new(),
        tables: vec![table("bot"), table("message")],
        indexes: vec![index("bot", "pkey", true), index("message", "pkey", true), index("message", "text", false)],
        foreign_keys: vec![key],
        sequences: Vec::new(),
        comments: Vec::new(),
        after: Vec::new(),
    };
    Migration { tables: Vec::new(), skipped: Vec::new(), target, findings: Vec::new() }
}

fn schedule() -> Schedule {
    of(2, false)
}

fn of(copies_max: usize, analyze: bool) -> Schedule {
    let options = Options { analyze, ..Options::for_cores(2) };
    Schedule::new(&migration(), &StageState::default(), &[10, 1000], &options, copies_max)
}

#[test]
fn the_largest_table_comes_first_and_small_ones_beside_it() {
    let mut schedule = schedule();
    assert_eq!(schedule.next(), Some(Task::Copy(1)));
    assert_eq!(schedule.next(), Some(Task::Copy(0)));
    assert_eq!(schedule.next(), None);
}

#[test]
fn a_foreign_key_comes_before_the_indexes_and_these_side_by_side_the_costly_one_first() {
    let mut schedule = schedule();
    while schedule.next().is_some() {}
    schedule.copied(0, true);
    schedule.copied(1, false);
    assert_eq!(schedule.next(), Some(Task::ForeignKey(0)));
    // An index would wait for its lock on the server.
    assert_eq!(schedule.next(), None);
    schedule.done(Task::ForeignKey(0));
    assert_eq!(schedule.next(), Some(Task::Index(2)));
    assert_eq!(schedule.next(), Some(Task::Index(1)));
    // Their table is taken, so the constraint waits.
    assert_eq!(schedule.next(), None);
    schedule.done(Task::Index(2));
    schedule.done(Task::Index(1));
    assert_eq!(schedule.next(), Some(Task::Attach(1)));
    schedule.done(Task::Attach(1));
    assert_eq!(schedule.next(), None);
}

#[test]
fn a_foreign_key_waits_for_the_parents_key() {
    let mut schedule = schedule();
    while schedule.next().is_some() {}
    schedule.copied(1, true);
    assert_eq!(schedule.next(), None);
    schedule.copied(0, false);
    assert_eq!(schedule.next(), Some(Task::Index(0)));
    assert_eq!(schedule.next(), None);
    schedule.done(Task::Index(0));
    assert_eq!(schedule.next(), Some(Task::Attach(0)));
    schedule.done(Task::Attach(0));
    assert_eq!(schedule.next(), Some(Task::ForeignKey(0)));
}

#[test]
fn one_reader_means_one_copy_at_a_time() {
    let mut schedule = of(1, false);
    assert_eq!(schedule.next(), Some(Task::Copy(1)));
    assert_eq!(schedule.next(), None);
    schedule.copied(1, false);
    assert_eq!(schedule.next(), Some(Task::Copy(0)));
}

#[test]
fn a_small_table_has_its_statistics_and_those_of_another_come_before_its_indexes() {
    let mut schedule = of(2, true);
    assert_eq!((schedule.next(), schedule.next()), (Some(Task::Copy(1)), Some(Task::Copy(0))));
    schedule.copied(0, true);
    assert_eq!(schedule.next(), None);
    schedule.copied(1, false);
    assert_eq!(schedule.next(), Some(Task::ForeignKey(0)));
    schedule.done(Task::ForeignKey(0));
    assert_eq!(schedule.next(), Some(Task::Analyze(1)));
    // Both would lock the table against each other on the server.
    assert_eq!(schedule.next(), None);
    schedule.done(Task::Analyze(1));
    assert_eq!((schedule.next(), schedule.next()), (Some(Task::Index(2)), Some(Task::Index(1))));
}

#[test]
fn the_statistics_of_a_table_with_an_index_on_an_expression_come_after_it() {
    let mut migration = migration();
    migration.target.foreign_keys.clear();
    migration.target.indexes[2].columns.clear();
    let options = Options { analyze: true, ..Options::for_cores(2) };
    let mut schedule = Schedule::new(&migration, &StageState::default(), &[10, 1000], &options, 2);
    assert_eq!((schedule.next(), schedule.next()), (Some(Task::Copy(1)), Some(Task::Copy(0))));
    schedule.copied(0, true);
    schedule.copied(1, false);
    let indexes = [schedule.next(), schedule.next()];
    assert!(indexes.iter().all(|task| matches!(task, Some(Task::Index(_)))), "{indexes:?}");
    for task in indexes.into_iter().flatten() {
        schedule.done(task);
    }
    assert_eq!(schedule.next(), Some(Task::Analyze(1)));
    schedule.done(Task::Analyze(1));
    assert_eq!(schedule.next(), Some(Task::Attach(1)));
}
