//! The six phases, each in its file: what it looks at, decides and lays on the desk.

mod access;
mod application;
mod checklist;
mod configure;
mod decided;
mod finish;
mod given_files;
mod migrate;
mod option_a;
mod prepare;
mod provision;
mod server;
mod verify;

use autobot_plan::Phase;
use serde_json::Value;

use crate::{Desk, Exit, Failure, Result, reporting};

pub use application::{app_files_dir, failure as files_failure};
pub use prepare::{backup_failure, frozen_backup, is_stale};
pub use provision::{
    docker_options, embedded_options, ensure_server, given_target, options as provision_options, provision_failure,
    stored_target,
};
pub use verify::compare_now;

/// Describes or carries out one phase.
pub async fn phase(desk: &mut Desk<'_>, phase: Phase) -> Result<Value> {
    if !desk.assumes() {
        require_before(phase, |before| desk.is_done(before))?;
    }
    let began = desk.enter(phase)?;
    let warned = desk.context().terminal.warnings().len();
    let carried_out = Box::pin(carry_out(desk, phase)).await;
    if desk.assumes() {
        return carried_out;
    }
    let mut result = carried_out.map_err(|failure| reporting::of_failed_phase(desk.context(), phase, failure))?;
    let warnings = desk.context().terminal.warnings().split_off(warned);
    if let (Some(result), false) = (result.as_object_mut(), warnings.is_empty()) {
        result.insert("warnings".to_owned(), warnings.into());
    }
    desk.done(phase, began, result.clone())?;
    reporting::write(desk.context())?;
    Ok(result)
}

async fn carry_out(desk: &mut Desk<'_>, phase: Phase) -> Result<Value> {
    if phase > Phase::Provision && !desk.assumes() {
        ensure_server(desk.context())?;
    }
    Ok(match phase {
        Phase::Prepare => prepare::prepare(desk).await?,
        Phase::Provision => provision::provision(desk).await?,
        Phase::Configure => configure::configure(desk).await?,
        Phase::Migrate => Box::pin(migrate::migrate(desk)).await?,
        Phase::Verify => Box::pin(verify::verify(desk)).await?,
        Phase::Finish => finish::finish(desk).await?,
    })
}

/// A phase is carried out only after those before it; a description may run ahead.
pub fn require_before(phase: Phase, is_done: impl Fn(Phase) -> bool) -> Result<()> {
    let missing = Phase::ALL.into_iter().take_while(|before| *before < phase).find(|before| !is_done(*before));
    match missing {
        None => Ok(()),
        Some(before) => Err(Failure::line(
            Exit::InTheWay,
            format!("phase {} ({phase}) needs phase {} ({before}), which is not done", phase.number(), before.number()),
            format!("type `autobot phase {}`, or `autobot migrate` for all of them", before.number()),
        )),
    }
}
