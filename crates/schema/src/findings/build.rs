use autobot_catalog::{Finding, Seen, Severity};
use autobot_db::{ColumnName, TableName};

use super::Code;

/// Begins a finding: `message` says what is so, in one line, without cell values.
pub(crate) fn finding(code: &Code, message: impl Into<String>) -> Found {
    Found(Finding {
        code: code.text(),
        severity: code.severity,
        table: None,
        column: None,
        object: None,
        count: 1,
        places: Vec::new(),
        message: message.into(),
        remedy: Some(code.remedy.to_owned()).filter(|remedy| !remedy.starts_with("none")),
    })
}

/// A finding in the making.
pub(crate) struct Found(Finding);

impl Found {
    pub(crate) fn table(mut self, table: &TableName) -> Self {
        self.0.table = Some(table.clone());
        self
    }

    pub(crate) fn column(mut self, column: &ColumnName) -> Self {
        self.0.column = Some(column.clone());
        self
    }

    pub(crate) fn object(mut self, object: impl Into<String>) -> Self {
        self.0.object = Some(object.into());
        self
    }

    pub(crate) fn seen(mut self, seen: &Seen) -> Self {
        self.0.count = seen.count;
        self.0.places.clone_from(&seen.first);
        self
    }

    /// Another severity, since a rule of the owner allows it.
    pub(crate) fn severity(mut self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// Finishes it; the names go into the remedy.
    pub(crate) fn done(mut self) -> Finding {
        let table = self.0.table.as_ref().map_or("…", |name| name.as_str()).replace('"', "\\\"");
        let column = self.0.column.as_ref().map_or("…", |name| name.as_str()).replace('"', "\\\"");
        self.0.remedy = self.0.remedy.map(|remedy| remedy.replace("{table}", &table).replace("{column}", &column));
        self.0
    }
}
