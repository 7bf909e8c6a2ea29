//! Servers that are shell scripts: real processes with real children.

use std::collections::BTreeMap;

use autobot_trial::{Error, Server, ServerProcess, try_application};

fn server(script: &str) -> Server {
    Server {
        command: vec!["sh".to_owned(), "-c".to_owned(), script.to_owned()],
        dir: ".".into(),
        env: BTreeMap::new(),
        ready: "Server running on port".to_owned(),
        errors: vec!["PrismaClientInitializationError".to_owned()],
        ready_timeout_s: 5,
        base_url: "http://127.0.0.1:9".to_owned(),
        checks_file: None,
        variables: BTreeMap::new(),
        check: Vec::new(),
    }
}

#[tokio::test]
async fn a_server_that_is_ready_is_stopped_with_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let script = "sleep 300 & echo $! > child; echo 'Server running on port 3000'; wait";
    let process = ServerProcess::start(folder.path(), &server(script)).await.unwrap();
    process.stop().await.unwrap();
    let child = std::fs::read_to_string(folder.path().join("child")).unwrap();
    let path = format!("/proc/{}/stat", child.trim());
    let gone = || std::fs::read_to_string(&path).map_or(true, |state| state.contains(") Z "));
    for _ in 0..100 {
        if gone() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("process {child} is still there");
}

#[tokio::test]
async fn an_error_line_an_early_end_and_silence_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = |script: &'static str| {
        let folder = folder.path().to_owned();
        async move { ServerProcess::start(&folder, &server(script)).await.unwrap_err() }
    };
    let logged = error("echo 'PrismaClientInitializationError: P1001'; exit 1").await;
    assert!(matches!(logged, Error::LoggedError { ref line } if line.contains("P1001")), "{logged}");
    assert!(matches!(error("echo bye; exit 0").await, Error::Ended { .. }));
    let mut silent = server("sleep 300");
    silent.ready_timeout_s = 1;
    assert!(matches!(ServerProcess::start(folder.path(), &silent).await, Err(Error::NotReady { seconds: 1, .. })));
}

#[tokio::test]
async fn a_check_that_gets_no_answer_fails_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = server("echo 'Server running on port 9'; sleep 300");
    server.check =
        toml::from_str::<autobot_trial::ChecksFile>("[[check]]\nname = \"login\"\npath = \"/\"\n").unwrap().check;
    let trial = try_application(folder.path(), &server, |_| {}).await.unwrap();
    assert!(trial.restarted && !trial.is_good());
    assert!(trial.checks[0].failure.as_ref().unwrap().contains("no answer"));
}
