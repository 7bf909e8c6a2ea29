//! One file per command.

mod assess;
mod backup;
mod copy;
mod demo;
mod init;
mod migrate;
mod monitor;
mod phase;
mod quarantine;
mod reference;
mod rollback;
mod schema;
mod server;
mod source;
mod status;
mod transfer;
mod verify;

use crate::args::{Command, RollbackWay};
use crate::{Context, Exit, Result};

/// Runs one command.
pub async fn run(context: &Context, command: Command) -> Result<Exit> {
    match command {
        Command::Init(args) => init::init(context, &args),
        Command::Phase(args) => Box::pin(phase::phase(context, &args)).await,
        Command::Plan => Box::pin(phase::plan(context)).await,
        Command::Migrate => Box::pin(migrate::migrate(context)).await,
        Command::Status => status::status(context),
        Command::Rollback { way: RollbackWay::Sqlite { dry_run } } => {
            Box::pin(rollback::sqlite(context, dry_run)).await
        }
        Command::Rollback { way: RollbackWay::Postgres { from } } => backup::restore(context, &from).await,
        Command::Backup(args) => backup::backup(context, &args).await,
        Command::Restore(args) => backup::restore(context, &args.from).await,
        Command::Assess(args) => Box::pin(assess::assess(context, &args)).await,
        Command::Schema(args) => Box::pin(schema::schema(context, &args)).await,
        Command::Transfer(args) => Box::pin(transfer::transfer(context, &args)).await,
        Command::Verify(args) => Box::pin(verify::verify(context, &args)).await,
        Command::Copy(args) => Box::pin(copy::copy(context, &args)).await,
        Command::Quarantine { what } => quarantine::quarantine(context, &what).await,
        Command::Server { what } => server::server(context, &what),
        Command::Monitor(args) => monitor::monitor(context, &args).await,
        Command::Demo(args) => Box::pin(demo::demo(context, &args)).await,
        Command::Reference => Ok(reference::reference(context)),
    }
}
