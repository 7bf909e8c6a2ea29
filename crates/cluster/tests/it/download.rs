//! Downloading, as far as it goes without a network.

use autobot_cluster::{Error, Programs};

#[tokio::test]
async fn what_is_there_is_not_fetched_again() {
    let dir = tempfile::tempdir().unwrap();
    let error = Programs::download(dir.path()).await.unwrap_err();
    assert!(matches!(error, Error::ProgramsNotFound { .. }), "{error}");
}

#[tokio::test]
async fn without_a_network_the_version_and_the_place_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let wanted = dir.path().join("postgresql");
    match Programs::download(&wanted).await {
        // Where a network is, this is the real thing.
        Ok(programs) => assert_eq!(programs.version().major, 15),
        Err(error) => {
            assert!(matches!(error, Error::Download { .. }), "{error}");
            let text = error.to_string();
            assert!(text.contains("PostgreSQL 15") && text.contains(wanted.to_str().unwrap()), "{text}");
            assert!(std::error::Error::source(&error).is_some() && error.hint().is_some());
            assert!(!wanted.exists());
        }
    }
}
