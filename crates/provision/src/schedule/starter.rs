//! What starts the backup every night.

use std::path::Path;

use autobot_plan::files;

use super::Job;
use super::quoting::{cron, systemd, systemd_path, xml};

/// A line for `crontab -e`: `0 2 * * * mkdir -p '/…' && '/…/backup_postgres.sh' >>'/…/backup.log' 2>&1`. Before the
/// first backup the folder of the log need not be there.
pub fn cron_line(job: &Job, script: &Path) -> String {
    let word = |path: &Path| cron(&path.display().to_string());
    let (script, log, folder) = (word(script), word(&job.log), word(files::parent(&job.log)));
    format!("{} {} * * * mkdir -p {folder} && {script} >>{log} 2>&1\n", job.at.minute, job.at.hour)
}

/// `autobot-backup.service`.
pub fn systemd_service(job: &Job) -> String {
    let program = systemd(&job.program.display().to_string());
    let words: Vec<String> = std::iter::once(program).chain(job.arguments.iter().map(|word| systemd(word))).collect();
    let user = job.user.as_ref().map(|user| format!("User={}\n", user.replace('%', "%%"))).unwrap_or_default();
    format!(
        "[Unit]\n\
         Description=Backup of AutoBOT's PostgreSQL\n\
         After=postgresql.service docker.service\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         {user}\
         WorkingDirectory={}\n\
         ExecStart={}\n\
         UMask=0077\n\
         Nice=10\n\
         IOSchedulingClass=idle\n",
        systemd_path(&job.dir),
        words.join(" ")
    )
}

/// `autobot-backup.timer`. A night that the machine slept through is made up for.
pub fn systemd_timer(job: &Job) -> String {
    format!(
        "[Unit]\n\
         Description=Nightly backup of AutoBOT's PostgreSQL\n\
         \n\
         [Timer]\n\
         OnCalendar=*-*-* {:02}:{:02}:00\n\
         RandomizedDelaySec=300\n\
         Persistent=true\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n",
        job.at.hour, job.at.minute
    )
}

/// A task for `schtasks /create /tn AutoBOT-Backup /xml FILE`, as text. `start_date` is the first day, `2026-11-24`.
pub fn task_xml(job: &Job, start_date: &str) -> String {
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Nightly backup of AutoBOT's PostgreSQL</Description>
    <URI>\AutoBOT-Backup</URI>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{}T{:02}:{:02}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{}</Command>
      <Arguments>{}</Arguments>
      <WorkingDirectory>{}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"#,
        xml(start_date),
        job.at.hour,
        job.at.minute,
        xml(&job.program.display().to_string()),
        xml(&windows_arguments(&job.arguments)),
        xml(&job.dir.display().to_string())
    );
    text.replace('\n', "\r\n")
}

/// The task as the bytes of its file: UTF-16, little end first, with a byte order mark, as Task Scheduler writes it.
pub fn task_xml_bytes(job: &Job, start_date: &str) -> Vec<u8> {
    let mark = std::iter::once(0xfeff_u16);
    mark.chain(task_xml(job, start_date).encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// One command line, as Windows programs take it apart: in quotes where there is a space, and backslashes doubled
/// before a quote.
fn windows_arguments(arguments: &[String]) -> String {
    arguments.iter().map(|argument| windows_argument(argument)).collect::<Vec<_>>().join(" ")
}

fn windows_argument(argument: &str) -> String {
    if !argument.is_empty() && !argument.contains([' ', '\t', '"']) {
        return argument.to_owned();
    }
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for character in argument.chars() {
        match character {
            '\\' => backslashes += 1,
            '"' => quoted.push_str(&"\\".repeat(std::mem::take(&mut backslashes) * 2 + 1)),
            _ => quoted.push_str(&"\\".repeat(std::mem::take(&mut backslashes))),
        }
        if character != '\\' {
            quoted.push(character);
        }
    }
    quoted + &"\\".repeat(backslashes * 2) + "\""
}
