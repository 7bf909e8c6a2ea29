use clap::CommandFactory;

use crate::args::Cli;
use crate::{Context, Exit};

/// The command line reference as Markdown; `docs/cli.md` is this text.
pub fn reference(context: &Context) -> Exit {
    context.output.data(&text());
    Exit::Done
}

/// The text of `docs/cli.md`.
pub fn text() -> String {
    let mut command = Cli::command().term_width(100);
    command.build();
    let mut text = String::from("# The command line\n\nGenerated from the help texts by `autobot reference`.\n");
    section(&mut text, &command, "autobot");
    text
}

fn section(text: &mut String, command: &clap::Command, path: &str) {
    if command.is_hide_set() {
        return;
    }
    let help = command.clone().render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    text.push_str(&format!("\n## {path}\n\n```text\n{}\n```\n", help.join("\n").trim_end()));
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        section(text, sub, &format!("{path} {}", sub.get_name()));
    }
}
