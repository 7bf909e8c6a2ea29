use autobot_db::{Target, TargetUrl, advisory_lock, join_workers};
use autobot_testkit::skip_without_postgres;
use sqlx::{Executor, Row};

/// What the server still does for a run that is gone is over when the next run has its lock.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_for_the_sessions_of_one_that_was_killed() {
    skip_without_postgres!();
    let database = autobot_testkit::database().await;
    let target = Target::new(database.url.parse::<TargetUrl>().unwrap());
    let mut orphan = target.connect().await.unwrap();
    join_workers(&mut orphan).await.unwrap();
    let working = tokio::spawn(async move {
        let commit = "begin; select pg_sleep(1); create table public.late (); commit";
        orphan.execute(sqlx::raw_sql(commit)).await.unwrap();
    });
    let mut next = target.connect().await.unwrap();
    advisory_lock(&mut next).await.unwrap();
    let there = next.fetch_one("select to_regclass('public.late') is not null").await.unwrap();
    assert!(there.get::<bool, _>(0), "the next run did not wait");
    working.await.unwrap();
    // A second run at the same time is told so, at once.
    let mut second = target.connect().await.unwrap();
    let refused = advisory_lock(&mut second).await.unwrap_err();
    assert!(refused.to_string().starts_with("another run works on database"), "{refused}");
}
