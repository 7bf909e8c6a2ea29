use autobot_catalog::{Finding, Seen, Severity};
use autobot_db::{ColumnName, TableName};

use super::Code;
use super::settings::{Keys, heading, in_words, quoted, rule};

/// Begins a finding: `message` says what is so, in one line, without cell values.
pub(crate) fn finding(code: &Code, message: impl Into<String>) -> Found {
    let found = Finding {
        code: code.text(),
        severity: code.severity,
        table: None,
        column: None,
        object: None,
        count: 1,
        places: Vec::new(),
        message: message.into(),
        remedy: Some(code.remedy.to_owned()).filter(|remedy| !remedy.starts_with("none")),
        rules: Vec::new(),
    };
    Found { inner: found, rules: Vec::new(), of_table: false, advice: None }
}

/// A finding in the making.
pub(crate) struct Found {
    inner: Finding,
    /// Rules that allow it, the best first.
    rules: Vec<Keys>,
    /// They stand at the table, also where a column is named.
    of_table: bool,
    /// What can be done besides.
    advice: Option<String>,
}

impl Found {
    pub(crate) fn table(mut self, table: &TableName) -> Self {
        self.inner.table = Some(table.clone());
        self
    }

    pub(crate) fn column(mut self, column: &ColumnName) -> Self {
        self.inner.column = Some(column.clone());
        self
    }

    pub(crate) fn object(mut self, object: impl Into<String>) -> Self {
        self.inner.object = Some(object.into());
        self
    }

    pub(crate) fn seen(mut self, seen: &Seen) -> Self {
        self.inner.count = seen.count;
        self.inner.places.clone_from(&seen.first);
        self
    }

    /// Another severity, since a rule of the owner allows it.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.inner.severity = severity;
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.inner.remedy = Some(remedy.into());
        self
    }

    /// The rules that allow it, the best first; they replace the remedy of the code.
    pub(crate) fn allowed_by(mut self, rules: Vec<Keys>) -> Self {
        self.rules = rules;
        self
    }

    /// The same for rules of the table.
    pub(crate) fn allowed_at_table(mut self, rules: Vec<Keys>) -> Self {
        self.of_table = true;
        self.allowed_by(rules)
    }

    /// What can be done besides a rule.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Finishes it; the names go into the remedy.
    pub(crate) fn done(self) -> Finding {
        let Self { inner: mut found, rules, of_table, advice } = self;
        let inner =
            |name: Option<&str>| name.map_or_else(|| "…".to_owned(), |name| quoted(name).trim_matches('"').to_owned());
        let table = inner(found.table.as_ref().map(|name| name.as_str()));
        let column = inner(found.column.as_ref().map(|name| name.as_str()));
        found.remedy = found.remedy.map(|remedy| remedy.replace("{table}", &table).replace("{column}", &column));
        if let Some(table) = found.table.as_ref().filter(|_| !rules.is_empty()) {
            let heading = heading(table, found.column.as_ref().filter(|_| !of_table));
            found.rules = rules.iter().map(|keys| rule(&heading, keys)).collect();
            found.remedy = Some(in_words(&heading, &rules));
        }
        if let Some(advice) = advice {
            let rules = found.remedy.filter(|_| !found.rules.is_empty());
            found.remedy = Some(rules.map_or_else(|| advice.clone(), |rules| format!("{advice}, or {rules}")));
        }
        found
    }
}
