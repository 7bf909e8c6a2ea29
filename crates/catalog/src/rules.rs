use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{EpochUnit, RowFilter};

/// What the owner wrote in the settings: the only thing that can allow what is otherwise refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Per table, by its name in the source; `*` for all tables without a rule of their own.
    pub tables: BTreeMap<String, TableRule>,
}

/// The rules of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableRule {
    /// Leave the table out.
    pub skip: bool,
    /// Its name in the target.
    pub rename: Option<String>,
    /// Only some rows.
    pub rows: Option<RowFilter>,
    /// What becomes of rows whose foreign key finds no parent.
    pub orphans: Option<Orphans>,
    /// What becomes of CHECKs that rows of the table break.
    pub checks: Option<Checks>,
    /// Give the table a generated key (`BIGINT GENERATED ALWAYS AS IDENTITY`) of this name, as its own cannot be one.
    pub surrogate_key: Option<String>,
    /// Per column, by its name in the source; `*` for all columns without a rule of their own.
    pub columns: BTreeMap<String, ColumnRule>,
}

/// The rules of one column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnRule {
    /// The type in the target, as PostgreSQL writes it (`text`, `bigint`, `timestamp(3)`, `jsonb`, …).
    #[serde(rename = "as")]
    pub target_type: Option<String>,
    /// What numbers in a date column count.
    pub unit: Option<EpochUnit>,
    /// What becomes of a value that the target type cannot take.
    pub on_invalid: Option<OnInvalid>,
    /// What becomes of NUL characters in text.
    pub nul: Option<NulRule>,
    /// What becomes of text that is not UTF-8.
    pub utf8: Option<Utf8Rule>,
    /// Its name in the target.
    pub rename: Option<String>,
    /// Leave the column out.
    pub skip: bool,
    /// For texts too long for an index: `hash` makes the index a hash index, `skip` leaves it out.
    pub long_index: Option<String>,
}

/// What becomes of a value that the target type cannot take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnInvalid {
    /// The migration is refused before the target is touched.
    #[default]
    Refuse,
    /// The value becomes NULL; counted and listed.
    Null,
    /// The row goes whole and typed into the quarantine table, with its reason.
    Quarantine,
}

/// What becomes of NUL characters in text, which PostgreSQL cannot hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NulRule {
    /// Refused, or as `on_invalid` says.
    #[default]
    Invalid,
    /// Removed; counted, and the originals are kept in a log.
    Strip,
    /// Written as the two characters `\0`, and a backslash as `\\`.
    Escape,
}

/// What becomes of text that is not UTF-8.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Utf8Rule {
    /// Refused, or as `on_invalid` says.
    #[default]
    Invalid,
    /// Each wrong sequence becomes U+FFFD, surrogate pairs are repaired; counted.
    Replace,
}

/// What becomes of rows whose foreign key finds no parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orphans {
    /// The migration is refused.
    #[default]
    Refuse,
    /// They go into the quarantine table, and what refers to them after them.
    Quarantine,
    /// They are kept, and the foreign key is added `NOT VALID`.
    NotValid,
}

/// What becomes of a CHECK that rows of its own table break.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checks {
    /// The migration is refused.
    #[default]
    Refuse,
    /// The rows are kept, and the CHECK is added `NOT VALID`: it holds for what is written from then on.
    NotValid,
}
