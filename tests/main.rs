//! The program under test: the same as `autobot`, in this package so that Cargo gives its path to the tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    autobot_cli::main()
}
