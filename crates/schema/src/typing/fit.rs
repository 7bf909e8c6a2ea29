use autobot_catalog::{ColumnEvidence, EpochUnit, Form, PgType};
use autobot_convert::{Changes, Reason};

/// Whether all values of one form go over as a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// All of them, with what is not kept.
    All(Changes),
    /// Not all of them.
    No(Reason),
}

/// Whether the values of `form` that a column holds go over as `target`.
pub(crate) fn fit(target: &PgType, unit: Option<EpochUnit>, form: Form, evidence: &ColumnEvidence) -> Fit {
    let _ = (target, unit, form, evidence);
    Fit::All(Changes::NONE)
}
