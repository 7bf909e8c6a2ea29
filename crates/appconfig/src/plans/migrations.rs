use autobot_plan::{Plan, Standing};
use autobot_prisma::{MIGRATION_LOCK_FILE, migration_lock_toml};

use crate::facts::Facts;
use crate::{Change, Moved};

/// What phase 4 is asked to do with the migrations folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationOptions {
    /// Whether SQLite's migrations are moved to the run's backup.
    pub move_old: bool,
    /// The baseline migration; none where its statements are not known yet (a dry run before phase 2).
    pub migration: Option<Migration>,
}

/// A migration to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The name of its folder, `<YYYYMMDDHHMMSS>_init_postgresql`: see
    /// [`crate::MigrationsFacts::baseline_name`].
    pub name: String,
    /// Its statements.
    pub sql: String,
}

/// Phase 4, first part: SQLite's migrations move to the backup, the baseline and its lock file are written.
///
/// Migrations whose lock file names PostgreSQL already stay where they are.
pub fn migrations(facts: &Facts, options: &MigrationOptions) -> Plan<Change> {
    let mut plan = Plan::new("migrate.migrations");
    let there = &facts.migrations;
    let move_facts = facts.moves.iter().find(|one| one.what == Moved::Migrations);
    let under_way = move_facts.is_some_and(|one| one.is_moved || one.standing == Standing::PartDone);
    match move_facts {
        Some(one) if options.move_old && (under_way || there.present && !there.is_for_postgres()) => {
            let (from, to) = (one.from.clone(), one.to.clone());
            plan.push(Change::MoveAside { from, to, what: Moved::Migrations }, one.standing);
        }
        _ if there.present && there.is_for_postgres() => {
            plan.note(format!("{} is PostgreSQL's already and stays", there.folder));
        }
        _ if there.present => plan.note(format!(
            "{} holds migrations for SQLite and stays, as asked: Prisma Migrate will refuse them (P3019)",
            there.folder
        )),
        _ => {}
    }
    match &options.migration {
        Some(migration) => migration_steps(facts, migration, &mut plan),
        None => plan.note("the statements of the baseline migration are known once the schema is planned"),
    }
    plan
}

fn migration_steps(facts: &Facts, migration: &Migration, plan: &mut Plan<Change>) {
    let there = &facts.migrations;
    let is_there = there.baselines.iter().any(|known| known.name == migration.name && known.sql == migration.sql);
    let lock_is_so = there.lock.as_deref() == Some(migration_lock_toml());
    let steps = [
        (there.folder.join(&migration.name).join("migration.sql"), "the baseline migration", &*migration.sql, is_there),
        (there.folder.join(MIGRATION_LOCK_FILE), "the lock file", migration_lock_toml(), lock_is_so),
    ];
    for (file, what, text, is_so) in steps {
        let change = Change::WriteFile { file, what: what.to_owned(), text: text.to_owned(), executable: false };
        plan.push(change, if is_so { Standing::AlreadySo } else { Standing::ToDo });
    }
}
