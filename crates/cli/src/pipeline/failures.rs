use crate::{Exit, Failure};

/// An error of the transfer as a failure.
pub fn transfer_failure(error: autobot_transfer::Error) -> Failure {
    let (exit, hint) = name_transfer(&error);
    Failure::new(exit, error, hint)
}

/// The exit code and hint of an error of the transfer.
pub fn name_transfer(error: &autobot_transfer::Error) -> (Exit, Option<String>) {
    use autobot_transfer::Error as E;
    let exit = match error {
        E::Source(_) | E::Read { .. } | E::OtherRows { .. } | E::Refused { .. } => Exit::Source,
        E::Target(autobot_db::TargetError::Held { .. }) => Exit::Locked,
        E::Stopped => Exit::Interrupted,
        _ => Exit::Target,
    };
    (exit, error.hint())
}

/// An error of the comparison as a failure.
pub fn verify_failure(error: autobot_verify::Error) -> Failure {
    let hint = error.hint();
    let exit = match &error {
        autobot_verify::Error::Stopped => Exit::Interrupted,
        autobot_verify::Error::Source(_) | autobot_verify::Error::ReadSource { .. } => Exit::Source,
        _ => Exit::Target,
    };
    Failure::new(exit, error, hint)
}
