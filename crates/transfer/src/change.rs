use autobot_db::{SchemaName, TableName};
use autobot_plan::{Change as PlanChange, Description};
use serde::{Deserialize, Serialize};

use crate::{STAGE_SCHEMA, StageFingerprint};

/// The effects of a transfer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Make the stage; one that belongs to another source or migration is dropped first.
    PrepareStage {
        /// What it will be loaded from and for.
        fingerprint: StageFingerprint,
        /// Extensions made in `public`.
        extensions: Vec<String>,
    },
    /// Load every table into the stage and build keys, indexes and foreign keys. Within it the table is the unit of
    /// resuming, or the batch ([`crate::Batches`]): what is finished stays.
    Load {
        /// The tables and how many rows each has, where known.
        tables: Vec<(TableName, Option<u64>)>,
        /// Number of keys and indexes.
        indexes: usize,
        /// Number of foreign keys.
        foreign_keys: usize,
    },
    /// Set sequences past every id ever given out, and add comments.
    SetSequences {
        /// Number of sequences.
        sequences: usize,
    },
    /// Move everything from the stage into the application's schema, in one transaction.
    Publish {
        /// The schema.
        schema: SchemaName,
        /// The tables.
        tables: Vec<TableName>,
        /// Tables that are there, empty, and are replaced when they are equal.
        replaces: Vec<String>,
        /// What else is done in the same transaction.
        extra: Vec<String>,
    },
    /// Gather statistics of the published tables.
    Analyze {
        /// The schema.
        schema: SchemaName,
        /// The tables.
        tables: Vec<TableName>,
    },
}

impl PlanChange for Change {
    fn id(&self) -> String {
        match self {
            Self::PrepareStage { .. } => "prepare-stage",
            Self::Load { .. } => "load",
            Self::SetSequences { .. } => "set-sequences",
            Self::Publish { .. } => "publish",
            Self::Analyze { .. } => "analyze",
        }
        .to_owned()
    }

    fn describe(&self) -> Description {
        match self {
            Self::PrepareStage { extensions, .. } => describe_prepare(extensions),
            Self::Load { tables, indexes, foreign_keys } => describe_load(tables, *indexes, *foreign_keys),
            Self::SetSequences { sequences } => {
                Description::line(format!("Set {sequences} sequences past every id ever given out"))
            }
            Self::Publish { schema, tables, replaces, extra } => describe_publish(schema, tables, replaces, extra),
            Self::Analyze { schema, tables } => {
                Description::line(format!("Gather statistics of {} tables in schema `{schema}`", tables.len()))
            }
        }
    }
}

fn describe_prepare(extensions: &[String]) -> Description {
    let detail = extensions.iter().map(|name| format!("create extension `{name}` if it is not there")).collect();
    Description { title: format!("Create the schema `{STAGE_SCHEMA}` to load into"), detail }
}

fn describe_load(tables: &[(TableName, Option<u64>)], indexes: usize, foreign_keys: usize) -> Description {
    let line = |(table, rows): &(TableName, Option<u64>)| match rows {
        Some(rows) => format!("copy {rows} rows of `{table}`"),
        None => format!("copy the rows of `{table}`"),
    };
    let mut detail: Vec<String> = tables.iter().map(line).collect();
    detail.push(format!("build {indexes} keys and indexes and {foreign_keys} foreign keys"));
    Description { title: format!("Load {} tables into the stage", tables.len()), detail }
}

fn describe_publish(schema: &SchemaName, tables: &[TableName], replaces: &[String], extra: &[String]) -> Description {
    let mut detail: Vec<String> =
        replaces.iter().map(|table| format!("replace the empty table `{table}` that is there already")).collect();
    detail.extend(extra.iter().cloned());
    Description { title: format!("Publish {} tables in schema `{schema}`", tables.len()), detail }
}
