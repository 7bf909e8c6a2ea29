//! What a report is good for later, and what a correct copy does differently.

use autobot_catalog::{PgType, RowKey, SourceCatalog};
use autobot_db::SchemaName;
use autobot_plan::{Scope, Silent, Stop};
use autobot_verify::{AgainstTable, Report, Standing, behaviour, compare_against};

use crate::world::{World, table};

const COUNT: &str = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 3000)";

async fn world() -> World {
    let columns = |id| [("id", id), ("x", PgType::Text)];
    World::new(
        &format!(
            "create table m (id integer primary key, x text); {COUNT} insert into m select n, 'x' || n from n;
             create table k (id text primary key, x text); {COUNT} insert into k select 'k' || n, nullif(n, 7) from n;"
        ),
        &format!(
            "create table m (id int, x text); {COUNT} insert into m select n, 'x' || n from n;
             create table k (id text, x text); {COUNT} insert into k select 'k' || n, nullif(n, 7) from n;"
        ),
        vec![
            table("m", &columns(PgType::Integer), RowKey::RowidColumn(0)),
            table("k", &columns(PgType::Text), RowKey::Columns(vec![0])),
        ],
    )
    .await
}

async fn later(world: &World, report: &Report) -> [AgainstTable; 2] {
    let stop = Stop::new();
    let scope = Scope { id: "verify", observer: &Silent, stop: &stop };
    let schema = SchemaName::new("public").unwrap();
    compare_against(&world.target(), &schema, report, &scope).await.unwrap().try_into().unwrap()
}

#[tokio::test]
async fn a_later_look_tells_new_changed_and_gone() {
    autobot_testkit::skip_without_postgres!();
    let world = world().await;
    // As it comes back from report.json.
    let report = world.compare().await;
    assert!(report.is_equal());
    let report: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    let [m, k] = later(&world, &report).await;
    assert_eq!((m.standing, k.standing), (Standing::Same, Standing::Same));

    world
        .database
        .execute("insert into m select n, 'new' from generate_series(3001, 3500) n; insert into k values ('new', '')")
        .await;
    let [m, k] = later(&world, &report).await;
    assert_eq!((m.standing, m.new_min, m.rows_then, m.rows_now), (Standing::Grown, 500, 3000, 3500));
    assert_eq!((k.standing, k.new_min, k.gone_min, k.changed_min), (Standing::Unclear, 1, 0, 0));

    world.database.execute("update m set x = 'X5' where id = 5; delete from k where id in ('k10', 'new')").await;
    let [m, k] = later(&world, &report).await;
    assert_eq!((m.standing, m.new_min, m.changed_min, m.gone_min), (Standing::Changed, 500, 1, 0));
    assert_eq!((k.standing, k.gone_min, k.changed_min), (Standing::Changed, 1, 0));

    world.database.execute("drop table k").await;
    let [_, k] = later(&world, &report).await;
    assert_eq!((k.standing, k.gone_min), (Standing::Gone, 3000));
}

#[tokio::test]
async fn differences_of_behaviour_name_columns_and_remedy() {
    autobot_testkit::skip_without_postgres!();
    let world = world().await;
    let mut session = world.target().connect().await.unwrap();
    let schema = SchemaName::new("public").unwrap();
    let notes = behaviour(&mut session, &world.migration, None::<&SourceCatalog>, &schema).await.unwrap();
    let found: Vec<_> =
        notes.iter().map(|note| (note.code.as_str(), note.table.as_str(), note.columns[0].as_str())).collect();
    // `k`.`x` holds a NULL, `m` none; the test server sorts by bytes.
    assert_eq!(found, [("like-case", "m", "x"), ("like-case", "k", "id"), ("null-order", "k", "x")]);
}

/// The name of its libc collation says nothing of a database that sorts by ICU.
#[tokio::test]
async fn the_order_of_text_is_tried_out() {
    autobot_testkit::skip_without_postgres!();
    let mut world = world().await;
    let icu = format!("{}_icu", world.database.name);
    let making = format!("create database {icu} template template0 locale_provider icu icu_locale 'es' locale 'C'");
    world.database.execute(&making).await;
    let url = world.database.url.replace(&world.database.name, &icu);
    (world.database.url, world.database.name) = (url, icu);
    world.database.execute("create table m (id int, x text); create table k (id text, x text)").await;
    let mut session = world.target().connect().await.unwrap();
    let schema = SchemaName::new("public").unwrap();
    let notes = behaviour(&mut session, &world.migration, None::<&SourceCatalog>, &schema).await.unwrap();
    let sorted: Vec<_> = notes.iter().filter(|note| note.code == "sort-order").collect();
    assert_eq!(sorted.len(), 2, "{notes:#?}");
    assert!(sorted.iter().all(|note| note.text.ends_with("collation es")), "{sorted:#?}");
}
