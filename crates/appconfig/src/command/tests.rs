use std::time::Instant;

use super::*;

const LONG: Duration = Duration::from_mins(1);

async fn shell(script: &str, timeout: Duration, stop: &Stop) -> Finished {
    let folder = tempfile::tempdir().unwrap();
    let command = ["sh".to_owned(), "-c".to_owned(), script.to_owned()];
    run(&command, folder.path(), timeout, stop).await.unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn output_and_exit_code_are_captured() {
    let finished = shell("echo out; echo err >&2; exit 3", LONG, &Stop::new()).await;
    assert_eq!((finished.ended, &*finished.output), (Ended::Exited(Some(3)), "out\nerr\n"));
}

#[cfg(unix)]
#[tokio::test]
async fn much_output_is_cut_to_its_end() {
    let finished =
        shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; echo end", LONG, &Stop::new()).await;
    assert!(finished.is_success() && finished.output.ends_with("end\n"));
    assert!(finished.output.len() <= 3 * OUTPUT_BYTES_MAX);
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_hangs_is_ended_with_its_children() {
    let started = Instant::now();
    let finished = shell("sleep 60 & sleep 60", Duration::from_millis(200), &Stop::new()).await;
    assert_eq!(finished.ended, Ended::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[cfg(unix)]
#[tokio::test]
async fn a_wish_to_stop_is_heard() {
    let stop = Stop::new();
    stop.request();
    assert_eq!(shell("sleep 60", LONG, &stop).await.ended, Ended::Stopped);
}

#[tokio::test]
async fn a_missing_program_is_an_error() {
    let command = ["autobot-no-such-program".to_owned()];
    let error = run(&command, Path::new("."), LONG, &Stop::new()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
}
