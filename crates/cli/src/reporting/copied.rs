use autobot_plan::{State, Timestamp};
use autobot_report::{Bilingual, Report, RollbackStep};
use serde_json::json;

use super::compared::run_on;
use super::convert::{behaviour, filtered, findings, leave_out, moved, prove, samples, skipped};
use super::sections::Sections;
use crate::Context;
use crate::pipeline::{Carried, Looked};

/// A copy without an application around it, as far as it came.
pub struct Copied<'a> {
    /// What was found and decided.
    pub looked: &'a Looked,
    /// When it began.
    pub began: Timestamp,
    /// The target, without its password.
    pub target: String,
    /// What was carried over; none when it ended before that.
    pub carried: Option<&'a Carried>,
    /// What the copy's journal says.
    pub state: &'a State,
}

/// The report of a copy.
pub fn of_copy(context: &Context, copied: &Copied<'_>) -> Report {
    let looked = copied.looked;
    let mut report = Report {
        run: run_on(context, "autobot copy", copied.began, &looked.path(), &copied.target),
        skipped: skipped(&looked.migration),
        findings: findings(&json!(looked.migration.findings)),
        warnings: context.terminal.warnings(),
        ..Report::default()
    };
    let mut sections = Sections::default();
    sections.add_ms("assess", looked.took_ms);
    sections.add_changes(copied.state);
    if let Some(carried) = copied.carried {
        report.run.server_version = Some(format!("PostgreSQL {}", carried.server_version));
        report.tables = moved(&carried.transfer);
        report.throughput = samples(&carried.transfer);
        report.findings.extend(behaviour(&carried.behaviour));
        report.rollback = vec![way_back()];
        sections.add_load(&carried.transfer);
        if let Some(found) = &carried.report {
            prove(&mut report, found);
            sections.add_comparison("prove", found);
        }
        leave_out(&mut report, &filtered(&looked.migration));
    }
    report.sections = sections.in_order();
    report
}

/// A copy changes nothing of the source, so that there is nothing to put back.
fn way_back() -> RollbackStep {
    RollbackStep {
        text: Bilingual {
            en: "The SQLite file was only read: whoever used it can go on using it. To take the copy back, drop the \
                 tables named above from PostgreSQL."
                .to_owned(),
            es: "El archivo SQLite solo se leyó: quien lo usaba puede seguir usándolo. Para deshacer la copia, borre de \
                 PostgreSQL las tablas nombradas arriba."
                .to_owned(),
        },
        command: None,
    }
}
