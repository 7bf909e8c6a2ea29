use autobot_testkit::skip_without_postgres;
use autobot_transfer::Error;

use crate::bench::Bench;

const SQL: &str = "create table bot (id text primary key, name text); insert into bot values ('a', 'x');
    create table note (id integer primary key, bot text); insert into note values (1, 'a');";

async fn bench() -> Bench {
    let mut bench = Bench::new(SQL, &[("bot", "id:s! name:s"), ("note", "id:S! bot:s")]).await;
    bench.foreign_key("note", "bot", "bot");
    bench
}

/// As `prisma migrate deploy` leaves it.
const DEPLOYED: &str = "create table bot (id text not null, name text, constraint bot_pkey primary key (id));
    create table note (id serial not null, bot text, constraint note_pkey primary key (id));
    alter table note add constraint note_bot_fkey foreign key (bot) references bot (id);
    create table _prisma_migrations (id text primary key); insert into _prisma_migrations values ('kept');";

#[tokio::test]
async fn empty_tables_that_are_equal_are_replaced() {
    skip_without_postgres!();
    let bench = bench().await;
    bench.database.execute(DEPLOYED).await;
    let facts = bench.facts().await;
    assert_eq!(facts.replaced().count(), 2);
    bench.stage_and_publish().await;
    assert_eq!(bench.ask("select count(*) from note join bot on bot.id = note.bot").await, "1");
    assert_eq!(bench.ask("select id from _prisma_migrations").await, "kept");
    assert_eq!(bench.ask("select nextval(pg_get_serial_sequence('note', 'id'))").await, "1");
}

#[tokio::test]
async fn a_difference_is_named_before_any_row_is_copied() {
    skip_without_postgres!();
    let bench = bench().await;
    bench.database.execute(&DEPLOYED.replace("name text", "name varchar(30)")).await;
    let error = bench.stage().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `bot` is in the target already and differs: it has column name character varying(30), the migration \
         has column name text"
    );
    assert_eq!(bench.ask("select count(*) from pg_namespace where nspname like 'autobot%'").await, "0");
}

#[tokio::test]
async fn a_table_with_rows_is_in_the_way() {
    skip_without_postgres!();
    let bench = bench().await;
    bench
        .database
        .execute("create table bot (id int); insert into bot values (1), (2); create table free (id int)")
        .await;
    let Err(Error::NotEmpty { tables }) = bench.stage().await else { panic!("not refused") };
    assert_eq!(tables, [("bot".to_owned(), 2)]);
    assert_eq!(bench.ask("select count(*) from pg_namespace where nspname like 'autobot%'").await, "0");
}

#[tokio::test]
async fn rows_written_while_the_stage_was_loaded_are_not_dropped() {
    skip_without_postgres!();
    let bench = bench().await;
    bench.database.execute(DEPLOYED).await;
    bench.stage().await.unwrap();
    bench.database.execute("insert into bot values ('new', 'row')").await;
    let Err(Error::NotEmpty { tables }) = bench.publish().await else { panic!("not refused") };
    assert_eq!(tables, [("bot".to_owned(), 1)]);
    assert_eq!(bench.ask("select name from bot").await, "row");
}
