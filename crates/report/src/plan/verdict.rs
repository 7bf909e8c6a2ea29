use serde::{Deserialize, Serialize};

use crate::{Level, Report, Standing};

/// What the run shows of the data, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every value was compared and is equal; nothing was set aside, left behind or changed.
    Equal,
    /// Every value was compared and is equal, apart from what rules of the owner set aside, left behind or changed.
    EqualByTheRules,
    /// The numbers of rows agree; values were not compared.
    CountsEqual,
    /// Something differs.
    Different,
    /// There was no comparison.
    NotCompared,
    /// The source was refused: nothing was copied.
    Refused,
    /// Every row of an earlier report is there as it was; there may be new ones.
    AsItWas,
    /// Rows of an earlier report are changed or gone.
    ChangedSince,
    /// It cannot be told of every table whether its rows are as they were in an earlier report.
    UnclearSince,
}

/// The verdict on a report's data. A comparison that says `equal` is believed only where each table's own figures agree.
pub fn verdict(report: &Report) -> Verdict {
    if report.is_later_look() {
        return since(report);
    }
    let Some(proof) = &report.proof else {
        return if report.is_refused() { Verdict::Refused } else { Verdict::NotCompared };
    };
    if !proof.equal || !proof.schema.is_empty() || report.tables.iter().any(crate::TableReport::differs) {
        return Verdict::Different;
    }
    if proof.level == Level::Counts || !report.tables.iter().all(crate::TableReport::is_proved) {
        return Verdict::CountsEqual;
    }
    let left = report.rows_set_aside() + report.rows_left_out() + report.values_changed();
    if left == 0 && report.tables_left_out() == 0 { Verdict::Equal } else { Verdict::EqualByTheRules }
}

/// What became of the tables since the earlier report: the gravest decides.
fn since(report: &Report) -> Verdict {
    let any = |standings: [Standing; 2]| {
        report.tables.iter().filter_map(|table| table.since).any(|since| standings.contains(&since.standing))
    };
    if any([Standing::Changed, Standing::Gone]) {
        Verdict::ChangedSince
    } else if any([Standing::Unclear, Standing::Unknown]) {
        Verdict::UnclearSince
    } else {
        Verdict::AsItWas
    }
}
