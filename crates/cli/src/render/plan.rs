use autobot_plan::{Change, Plan, Standing};
use autobot_report::Lang;
use serde::Serialize;

use super::words;

/// A plan in words: what a dry run prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Described {
    /// The plan's section.
    pub section: String,
    /// What was looked at and found.
    pub notes: Vec<String>,
    /// What would be done.
    pub changes: Vec<DescribedChange>,
}

/// One change in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribedChange {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub standing: Standing,
    /// One line.
    pub title: String,
    /// More lines.
    pub detail: Vec<String>,
    /// What it rests on.
    pub assuming: Option<String>,
}

/// Puts a plan in words.
pub fn described<C: Change>(plan: &Plan<C>) -> Described {
    let changes = plan.steps.iter().map(|step| {
        let description = step.change.describe();
        DescribedChange {
            id: step.change.id(),
            standing: step.standing,
            title: description.title,
            detail: description.detail,
            assuming: step.assuming.clone(),
        }
    });
    Described { section: plan.section.clone(), notes: plan.notes.clone(), changes: changes.collect() }
}

impl Described {
    /// The plan as lines: `+` to do, `=` already so, `~` to be finished.
    pub fn text(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = self.notes.iter().map(|note| format!("  · {note}")).collect();
        for change in &self.changes {
            let mark = match change.standing {
                Standing::ToDo => '+',
                Standing::PartDone => '~',
                Standing::AlreadySo => '=',
            };
            let done = if change.standing == Standing::AlreadySo { words::ALREADY_SO.to(lang) } else { "" };
            lines.push(format!("  {mark} {} {done}", change.title).trim_end().to_owned());
            lines.extend(change.assuming.iter().map(|assumed| format!("      {assumed}")));
            lines.extend(change.detail.iter().map(|line| format!("      {line}")));
        }
        lines.join("\n")
    }
}
