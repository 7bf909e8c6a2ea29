//! What the rules in the settings allow to become otherwise.

use toml::{Table, Value as Toml};

use crate::canon::of_source;
use crate::moment::Unit;
use crate::values::Value;

/// The rules of `[rules.tables]`, by the names of the source.
#[derive(Default)]
pub struct Allowed(Table);

impl Allowed {
    /// Reads settings.
    pub fn of(settings: &str) -> Self {
        let all: Table =
            settings.parse().unwrap_or_else(|error| panic!("the proposed rules are no TOML: {error}\n{settings}"));
        let tables = all.get("rules").and_then(|rules| rules.get("tables")).and_then(Toml::as_table);
        Self(tables.cloned().unwrap_or_default())
    }

    /// There are no rules.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of a table in the target.
    pub fn table(&self, name: &str) -> String {
        self.of_table(name, "rename").and_then(Toml::as_str).unwrap_or(name).to_owned()
    }

    /// The name of a column in the target.
    pub fn column(&self, table: &str, name: &str) -> String {
        self.of_column(table, name, "rename").and_then(Toml::as_str).unwrap_or(name).to_owned()
    }

    pub fn skips(&self, table: &str) -> bool {
        self.of_table(table, "skip").is_some()
    }

    /// The table gets a key of its own.
    pub fn surrogate(&self, table: &str) -> bool {
        self.of_table(table, "surrogate_key").is_some()
    }

    /// Some rows of the table may be set aside.
    pub fn quarantines(&self, table: &str) -> bool {
        let columns = self.0.get(table).and_then(|rule| rule.get("columns")).and_then(Toml::as_table);
        let aside = |rule: &Toml| rule.get("on_invalid").and_then(Toml::as_str) == Some("quarantine");
        // What refers to an orphan goes with it.
        self.0.values().any(|rule| rule.get("orphans").is_some())
            || self.0.values().any(|rule| {
                rule.get("columns").and_then(Toml::as_table).is_some_and(|columns| columns.values().any(aside))
            })
            || columns.is_some_and(|columns| columns.values().any(aside))
    }

    /// Values of the column may become others.
    pub fn changes(&self, table: &str, column: &str) -> bool {
        ["on_invalid", "nul", "utf8"].iter().any(|key| self.of_column(table, column, key).is_some())
    }

    /// What the numbers of a date column count, where a rule says so.
    pub fn unit(&self, table: &str, column: &str) -> Option<Unit> {
        let word = self.of_column(table, column, "unit")?.as_str().unwrap();
        Some(Unit::named(word).unwrap_or_else(|| panic!("the reader does not know the unit `{word}`")))
    }

    /// A column whose values a rule changes: what the target has comes from the source, or is a text written otherwise.
    pub fn check(
        &self,
        table: &str,
        column: &str,
        (values, texts): (&[&Value], &[&Option<String>]),
        pg_type: &str,
        found: &mut Vec<String>,
    ) {
        let numbers = values.iter().any(|value| matches!(value, Value::Integer(_) | Value::Real(_)));
        let by_unit = numbers && ["timestamp", "date"].iter().any(|known| pg_type.starts_with(known));
        if self.of_column(table, column, "on_invalid").is_none() || by_unit || pg_type.starts_with("json") {
            return;
        }
        let known: Vec<Option<String>> = values.iter().map(|value| of_source(value, pg_type, None)).collect();
        let foreign = texts.iter().find(|text| text.is_some() && !known.contains(text));
        if let Some(text) = foreign {
            found.push(format!("{table:?}.{column:?} has {text:?}, which is not in the source: {values:?}"));
        }
    }

    fn of_table(&self, table: &str, key: &str) -> Option<&Toml> {
        self.0.get(table)?.get(key)
    }

    fn of_column(&self, table: &str, column: &str, key: &str) -> Option<&Toml> {
        self.0.get(table)?.get("columns")?.get(column)?.get(key)
    }
}
