use autobot_catalog::Severity;
use serde::Serialize;

/// A kind of finding. Its number and name never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Code {
    /// `AB012`.
    pub id: &'static str,
    /// `text-in-integer`.
    pub name: &'static str,
    /// How grave it is, unless a rule of the owner makes it lighter.
    pub severity: Severity,
    /// What it means.
    pub meaning: &'static str,
    /// What the owner can do; `{table}` and `{column}` stand for the names.
    pub remedy: &'static str,
}

impl Code {
    /// `AB012 text-in-integer`, as it stands in findings.
    pub fn text(&self) -> String {
        format!("{} {}", self.id, self.name)
    }
}
