use serde::Serialize;

use crate::{Checklist, Criterion, FORMAT, Report, Verdict, checklists, criteria, verdict};

/// Why a text is not a report.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not the JSON of a report.
    #[error("the text is not a report")]
    Json {
        /// What the parser says.
        #[source]
        source: serde_json::Error,
    },
    /// It is a report of another version.
    #[error("the report has format {found}, and this version reads format {FORMAT}")]
    Format {
        /// The format it has.
        found: u32,
    },
}

impl ReadError {
    /// What the operator can do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Json { .. } => "name the report.json that a run wrote".to_owned(),
            Self::Format { .. } => "use the version of autobot that wrote the report".to_owned(),
        })
    }
}

/// The file: the data, and what this version concludes from it.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a Report,
    verdict: Verdict,
    checklists: Vec<Checklist>,
    criteria: Vec<Criterion>,
}

/// The report as JSON, indented, with a line end at the end; the same report gives the same text.
///
/// Beside the data it holds `verdict`, and where the plan of record is at work `checklists` and `criteria`, computed now.
#[expect(clippy::missing_panics_doc, reason = "the message says why it cannot")]
pub fn to_json(report: &Report) -> String {
    let by_plan = !report.phases.is_empty();
    let document = Document {
        report,
        verdict: verdict(report),
        checklists: if by_plan { checklists(report) } else { Vec::new() },
        criteria: if by_plan { criteria(report) } else { Vec::new() },
    };
    let mut text =
        serde_json::to_string_pretty(&document).expect("a report has only text keys and no value that fails");
    text.push('\n');
    text
}

/// Reads a report back. What was computed from the data is computed again when asked for, not read.
pub fn from_json(text: &str) -> Result<Report, ReadError> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
    }
    let json = |source| ReadError::Json { source };
    let Head { format: found } = serde_json::from_str(text).map_err(json)?;
    if found != FORMAT {
        return Err(ReadError::Format { found });
    }
    serde_json::from_str(text).map_err(json)
}
