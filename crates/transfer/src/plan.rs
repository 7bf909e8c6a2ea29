use autobot_catalog::Migration;
use autobot_plan::{Plan, Standing};

use crate::facts::PRISMA_TABLE;
use crate::{Change, Error, Facts, Options};

/// Plans the load into the stage: section `migrate.load`. Refuses a target that is in use or not fit.
pub fn plan(facts: &Facts, migration: &Migration, _options: &Options) -> Result<Plan<Change>, Error> {
    facts.check()?;
    let mut plan = Plan::new("migrate.load");
    let target = &migration.target;
    let stage = facts.stage.as_ref().filter(|stage| stage.fingerprint == facts.fingerprint);
    if facts.stage.is_some() && stage.is_none() {
        plan.note("a stage of another source or migration is dropped");
    }
    if let Some(stage) = stage {
        plan.note(format!("{} of {} tables are loaded already", stage.loaded.len(), migration.tables.len()));
        for (table, rows) in &stage.begun {
            plan.note(format!("{rows} rows of `{table}` are loaded already"));
        }
    }
    let prepared = if stage.is_some() { Standing::AlreadySo } else { Standing::ToDo };
    let (fingerprint, extensions) = (facts.fingerprint.clone(), target.extensions.clone());
    plan.push(Change::PrepareStage { fingerprint, extensions }, prepared);
    let loaded = match stage {
        None => Standing::ToDo,
        Some(stage) if stage.loaded.len() == migration.tables.len() && stage.keys_missing == 0 => Standing::AlreadySo,
        Some(_) => Standing::PartDone,
    };
    let tables = migration.tables.iter().map(|map| (map.target.clone(), map.rows)).collect();
    let (indexes, foreign_keys) = (target.indexes.len(), target.foreign_keys.len());
    plan.push(Change::Load { tables, indexes, foreign_keys }, loaded);
    if !target.sequences.is_empty() || !target.comments.is_empty() {
        plan.push(Change::SetSequences { sequences: target.sequences.len() }, Standing::ToDo);
    }
    Ok(plan)
}

/// Plans the publication of what was loaded and proved: section `migrate.publish`.
pub fn plan_publish(facts: &Facts, migration: &Migration, options: &Options) -> Plan<Change> {
    let mut plan = Plan::new("migrate.publish");
    let schema = migration.target.schema.clone();
    let tables: Vec<_> = migration.tables.iter().map(|map| map.target.clone()).collect();
    let standing = if facts.seems_published(migration) { Standing::AlreadySo } else { Standing::ToDo };
    let replaces = facts.replaced().map(|table| table.table.clone()).collect();
    let extra = options.extra.iter().map(|extra| extra.doing.clone()).collect();
    plan.push(Change::Publish { schema: schema.clone(), tables: tables.clone(), replaces, extra }, standing);
    if options.analyze && !tables.is_empty() {
        plan.push(Change::Analyze { schema, tables }, Standing::ToDo);
    }
    if facts.existing.iter().any(|table| table.table == PRISMA_TABLE && table.rows > 0) {
        plan.note(format!("the rows of `{PRISMA_TABLE}` that are there stay"));
    }
    plan
}
