//! The operator asks to stop.

use std::time::Duration;

use autobot_catalog::{PgType, RowKey};
use autobot_plan::Stop;
use autobot_verify::{Error, Level};
use sqlx::Executor;

use crate::world::{World, table};

/// The session waits for a lock that nobody gives up before the server's patience ends, which would be another error.
#[tokio::test]
async fn a_comparison_that_waits_for_the_server_stops() {
    autobot_testkit::skip_without_postgres!();
    let world = World::new(
        "create table t (a int); insert into t values (1)",
        "create table t (a int); insert into t values (1)",
        vec![table("t", &[("a", PgType::Integer)], RowKey::None)],
    )
    .await;
    let mut holder = world.database.connect().await;
    holder.execute("begin; lock table t").await.unwrap();
    let stop = Stop::new();
    let wish = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.request();
    };
    let (compared, ()) = tokio::join!(world.try_compare_until(&stop, Level::Content, 9), wish);
    assert!(matches!(compared, Err(Error::Stopped)), "{compared:?}");
    holder.execute("rollback").await.unwrap();
    assert!(world.one().await.is_equal());
}
