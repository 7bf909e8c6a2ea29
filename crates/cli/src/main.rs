//! The binary `autobot`; everything is in the library, so that the tests' own binary is the same program.

use std::process::ExitCode;

fn main() -> ExitCode {
    autobot_cli::main()
}
