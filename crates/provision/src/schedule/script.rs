//! The script that a person runs, or cron.

use super::Job;
use super::quoting::{batch, power_shell, shell};

/// `backup_postgres.sh`, the plan's own name.
pub fn shell_script(job: &Job) -> String {
    let words = std::iter::once(shell(&job.program.display().to_string()));
    let command: Vec<String> = words.chain(job.arguments.iter().map(|word| shell(word))).collect();
    format!(
        "#!/bin/sh\n\
         # Backs up AutoBOT's PostgreSQL. Written by autobot; retention and checks are in `autobot backup`.\n\
         set -eu\n\
         umask 077\n\
         cd {}\n\
         exec {} \"$@\"\n",
        shell(&job.dir.display().to_string()),
        command.join(" ")
    )
}

/// `backup_postgres.ps1`; gives `autobot`'s exit code on.
pub fn power_shell_script(job: &Job) -> String {
    let arguments: Vec<String> = job.arguments.iter().map(|word| power_shell(word)).collect();
    let text = format!(
        "# Backs up AutoBOT's PostgreSQL. Written by autobot; retention and checks are in `autobot backup`.\n\
         $ErrorActionPreference = 'Stop'\n\
         Set-Location -LiteralPath {}\n\
         & {} {} @args\n\
         exit $LASTEXITCODE\n",
        power_shell(&job.dir.display().to_string()),
        power_shell(&job.program.display().to_string()),
        arguments.join(" ")
    );
    windows_lines(&text)
}

/// `backup_postgres.cmd`; gives `autobot`'s exit code on.
pub fn batch_script(job: &Job) -> String {
    let arguments: Vec<String> = job.arguments.iter().map(|word| batch(word)).collect();
    let text = format!(
        "@echo off\n\
         rem Backs up AutoBOT's PostgreSQL. Written by autobot; retention and checks are in `autobot backup`.\n\
         chcp 65001 >nul\n\
         cd /d {} || exit /b 1\n\
         {} {} %*\n\
         exit /b %ERRORLEVEL%\n",
        batch(&job.dir.display().to_string()),
        batch(&job.program.display().to_string()),
        arguments.join(" ")
    );
    windows_lines(&text)
}

fn windows_lines(text: &str) -> String {
    text.replace('\n', "\r\n")
}
