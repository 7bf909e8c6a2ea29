use std::path::Path;

use super::*;

fn job() -> Job {
    Job {
        program: "/usr/local/bin/autobot".into(),
        arguments: ["--app", "/srv/it's 100% AutoBOT", "--yes", "--no-progress", "backup"].map(str::to_owned).to_vec(),
        dir: "/srv/it's 100% AutoBOT".into(),
        log: "/srv/it's 100% AutoBOT/backups/backup.log".into(),
        at: TimeOfDay { hour: 2, minute: 5 },
        user: Some("auto bot 100%".to_owned()),
    }
}

fn windows_job() -> Job {
    Job {
        program: r"C:\Program Files\autobot\autobot.exe".into(),
        arguments: ["--app", r"C:\Anti gravity\AutoBOT\", "backup"].map(str::to_owned).to_vec(),
        dir: r"C:\Anti gravity\A & B".into(),
        ..job()
    }
}

#[test]
fn times_of_day() {
    assert_eq!(TimeOfDay::parse("02:00"), Some(TimeOfDay::NIGHT));
    assert_eq!(TimeOfDay::parse("23:59"), Some(TimeOfDay { hour: 23, minute: 59 }));
    for wrong in ["24:00", "2", "12:60", "-1:00", "noon", ""] {
        assert_eq!(TimeOfDay::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn every_file_of_the_schedule() {
    insta::assert_snapshot!("shell", shell_script(&job()));
    insta::assert_snapshot!("cron", cron_line(&job(), Path::new("/srv/it's 100% AutoBOT/backup_postgres.sh")));
    insta::assert_snapshot!("systemd", format!("{}---\n{}", systemd_service(&job()), systemd_timer(&job())));
    insta::assert_snapshot!("power_shell", power_shell_script(&windows_job()).replace("\r\n", "\n"));
    insta::assert_snapshot!("batch", batch_script(&windows_job()).replace("\r\n", "\n"));
    insta::assert_snapshot!("task", task_xml(&windows_job(), "2026-11-24").replace("\r\n", "\n"));
}

#[test]
fn windows_files_have_windows_line_ends() {
    for text in [power_shell_script(&job()), batch_script(&job()), task_xml(&job(), "2026-11-24")] {
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
}

#[test]
fn a_task_is_utf_16_with_a_mark() {
    let bytes = task_xml_bytes(&job(), "2026-11-24");
    assert_eq!(bytes[..4], [0xff, 0xfe, b'<', 0]);
    let (units, rest) = bytes.as_chunks::<2>();
    assert!(rest.is_empty());
    let text = String::from_utf16(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>()).unwrap();
    assert_eq!(text.trim_start_matches('\u{feff}'), task_xml(&job(), "2026-11-24"));
}

/// The real shell takes the script apart as it was meant.
#[cfg(unix)]
#[test]
fn the_script_runs_the_program_with_its_arguments() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;
    let dir = tempfile::tempdir().unwrap();
    let app = dir.path().join("it's 100% \"$HOME\" `x`");
    std::fs::create_dir(&app).unwrap();
    let program = dir.path().join("auto bot");
    std::fs::write(&program, "#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\nexit 7\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let job = Job {
        program,
        arguments: vec!["--app".to_owned(), app.display().to_string(), "backup".to_owned()],
        dir: app.clone(),
        log: app.join("log"),
        at: TimeOfDay::NIGHT,
        user: None,
    };
    let script = dir.path().join("backup_postgres.sh");
    std::fs::write(&script, shell_script(&job)).unwrap();
    let output = Command::new("/bin/sh").arg(&script).arg("--keep=3").output().unwrap();
    let app = app.display();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{app}\n--app\n{app}\nbackup\n--keep=3\n"));
    assert_eq!(output.status.code(), Some(7));
}
