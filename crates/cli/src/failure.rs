use std::error::Error;
use std::fmt;

use autobot_db::{InvalidUrl, LockError, SourceError, TargetError};
use autobot_plan::files::FileError;
use autobot_plan::{JournalError, RunError};
use serde_json::{Value, json};

use crate::Exit;

/// Why a command ended without success: the error with its causes, what to do, and how it stands now.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// The error; its sources are the causes.
    pub error: Box<dyn Error + Send + Sync>,
    /// What the operator can do.
    pub hint: Option<String>,
    /// What was done and what to type next.
    pub state: Option<String>,
    /// More for the JSON document: findings, differences.
    pub details: Option<Box<Value>>,
}

/// What commands return.
pub type Result<T> = std::result::Result<T, Failure>;

/// An error that is only a line of text.
#[derive(Debug)]
struct Line(String);

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Line {}

impl Failure {
    /// A failure with an error of some crate.
    pub fn new(exit: Exit, error: impl Error + Send + Sync + 'static, hint: Option<String>) -> Self {
        Self { exit, error: Box::new(error), hint, state: None, details: None }
    }

    /// A failure that is only a line.
    pub fn line(exit: Exit, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(exit, Line(text.into()), Some(hint.into()))
    }

    /// Says how it stands now and what to type next.
    #[must_use]
    pub fn with_state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Adds details for the JSON document.
    #[must_use]
    pub fn with_details(mut self, details: Value) -> Self {
        self.details = Some(Box::new(details));
        self
    }

    /// Adds one detail for the JSON document, unless there is one of that name.
    #[must_use]
    pub fn with_detail(mut self, name: &str, value: impl serde::Serialize) -> Self {
        let details = self.details.get_or_insert_with(|| Box::new(json!({})));
        if let Some(details) = details.as_object_mut() {
            details.entry(name).or_insert_with(|| json!(value));
        }
        self
    }

    /// The lines `error`, `caused by`, `hint`, `state`, for people.
    pub fn render(&self) -> String {
        let mut lines = vec![format!("error: {}", self.error)];
        let mut cause = self.error.source();
        let mut said = self.error.to_string();
        while let Some(error) = cause {
            let text = error.to_string();
            // A transparent wrapper says what its cause says; once is enough.
            if !said.ends_with(&text) {
                lines.push(format!("caused by: {text}"));
            }
            if let Some(more) = error.downcast_ref::<sqlx::Error>().and_then(autobot_db::explain) {
                lines.push(format!("           {more}"));
            }
            said = text;
            cause = error.source();
        }
        lines.extend(self.hint.iter().map(|hint| format!("hint: {hint}")));
        lines.extend(self.state.iter().map(|state| format!("state: {state}")));
        lines.join("\n")
    }

    /// The failure as data.
    pub fn to_json(&self) -> Value {
        let mut causes = Vec::new();
        let mut cause = self.error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        let outcome = if self.exit == Exit::Source { "refused" } else { "failed" };
        let mut document = json!({
            "outcome": outcome,
            "exit_code": self.exit as u8,
            "error": self.error.to_string(),
            "causes": causes,
            "hint": self.hint,
            "state": self.state,
        });
        let more = self.details.as_deref().and_then(Value::as_object);
        if let (Some(into), Some(more)) = (document.as_object_mut(), more) {
            into.extend(more.clone());
        }
        document
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        let hint = error.hint();
        let exit = match error {
            SourceError::Locked { .. } | SourceError::Busy { .. } | SourceError::Changed { .. } => Exit::InTheWay,
            _ => Exit::Source,
        };
        Self::new(exit, error, hint)
    }
}

impl From<TargetError> for Failure {
    fn from(error: TargetError) -> Self {
        let hint = error.hint();
        let exit = match error {
            TargetError::Held { .. } => Exit::Locked,
            TargetError::Url(_) => Exit::Arguments,
            _ => Exit::Target,
        };
        Self::new(exit, error, hint)
    }
}

impl From<InvalidUrl> for Failure {
    fn from(error: InvalidUrl) -> Self {
        TargetError::from(error).into()
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        let hint = error.hint();
        let exit = if matches!(error, LockError::Held { .. }) { Exit::Locked } else { Exit::Application };
        Self::new(exit, error, hint)
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        let hint = error.hint();
        let exit = if matches!(error, JournalError::File(_)) { Exit::Application } else { Exit::InTheWay };
        Self::new(exit, error, hint)
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::new(Exit::Application, error, None)
    }
}

/// Gives a run's error the exit code and hint of the crate's error inside it.
pub fn of_run<E>(error: RunError<E>, name: impl Fn(&E) -> (Exit, Option<String>)) -> Failure
where
    E: Error + Send + Sync + 'static,
{
    let (exit, hint) = match &error {
        RunError::Probe { source, .. } | RunError::Apply { source, .. } => name(source),
        RunError::Journal(journal) => (Exit::Application, journal.hint()),
        RunError::Stopped { .. } => (Exit::Interrupted, None),
    };
    Failure::new(exit, error, hint)
}
