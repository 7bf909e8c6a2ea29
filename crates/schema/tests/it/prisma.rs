//! With schema.prisma, the target is what Prisma declares, and what only the file has is added.

use autobot_catalog::Severity;
use autobot_prisma::{Flavor, Schema, SourceFile, postgres_ddl};
use autobot_schema::{prisma_baseline, prisma_migration_sql};

use crate::made::{assessed, made};

const SCHEMA: &str = "datasource db {\n  provider = \"sqlite\"\n  url = \"file:./dev.db\"\n}\n\
model User {\n  id Int @id @default(autoincrement())\n  name String @unique\n  age Int\n  born DateTime?\n  role Role @default(A)\n  posts Post[]\n  tags Tag[]\n  meta Json?\n}\n\
model Post {\n  id String @id @default(uuid())\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n  @@index([userId])\n}\n\
model Tag {\n  id Int @id\n  label String\n  users User[]\n}\n\
enum Role {\n  A\n  B\n}\n";

const FILE: &str = "create table User (id integer not null primary key autoincrement, name text not null, age integer not null, born datetime, role text not null default 'A', meta jsonb);
create unique index User_name_key on User(name);
create table Post (id text not null primary key, userId integer not null, constraint Post_userId_fkey foreign key (userId) references User (id) on delete restrict on update cascade);
create index Post_userId_idx on Post(userId);
create table Tag (id integer not null primary key autoincrement, label text not null);
create table _TagToUser (A integer not null, B integer not null, constraint f foreign key (A) references Tag (id) on delete cascade on update cascade, constraint g foreign key (B) references User (id) on delete cascade on update cascade);
create unique index _TagToUser_AB_unique on _TagToUser(A, B);
create index _TagToUser_B_index on _TagToUser(B);
insert into User values (3, 'a', 5, 1627303906122, 'B', '{}');
insert into sqlite_sequence values ('User', 9), (null, null);
";

fn schema() -> Schema {
    Schema::parse(&[SourceFile::new("schema.prisma", SCHEMA)]).unwrap()
}

#[tokio::test]
async fn the_target_is_what_prisma_declares() {
    let migration = assessed(FILE, "", Some(&schema()));
    let problems: Vec<_> = migration.findings.iter().filter(|finding| finding.severity == Severity::Problem).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let user: Vec<String> = migration.tables[0].columns.iter().map(|column| column.target_type.to_string()).collect();
    assert_eq!(user, ["INTEGER", "TEXT", "INTEGER", "TIMESTAMP(3)", "\"Role\"", "JSONB"]);
    assert_eq!(migration.target.sequences.len(), 1, "Tag.id is not numbered by PostgreSQL");
    assert_eq!(migration.target.sequences[0].last, Some(9));
    let expected = postgres_ddl(&schema(), Flavor::Current).unwrap().migration_sql();
    assert_eq!(prisma_migration_sql(&schema(), Flavor::Current, &migration).unwrap(), expected);
    autobot_testkit::skip_without_postgres!();
    let one = made(&migration).await;
    let other = autobot_testkit::database().await;
    other.execute(&expected).await;
    other.execute("select setval('\"User_id_seq\"', 9)").await;
    assert_eq!(autobot_testkit::database_hash(&one.url).await, autobot_testkit::database_hash(&other.url).await);
    let public = autobot_db::SchemaName::new("public").unwrap();
    for sql in prisma_baseline(&public, "2026_init", expected.as_bytes()) {
        one.execute(&sql).await;
        one.execute(&sql).await;
    }
    let mut connection = one.connect().await;
    let sql = "select count(*) from _prisma_migrations where applied_steps_count = 1 and finished_at is not null";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&mut connection).await.unwrap(), 1);
}

#[tokio::test]
async fn what_only_the_file_has_is_kept() {
    let file = format!(
        "{FILE} alter table User add column extra int default 5; create table Log (id integer primary key, t text check (t <> '')); \
         create index by_extra on User(extra, name desc); create unique index once on User(name) where age > 3;"
    );
    let migration = assessed(&file, "", Some(&schema()));
    let sql = prisma_migration_sql(&schema(), Flavor::Six, &migration).unwrap();
    assert_eq!(migration.findings.iter().filter(|finding| finding.code.starts_with("AB100")).count(), 4);
    autobot_testkit::skip_without_postgres!();
    let one = made(&migration).await;
    let other = autobot_testkit::database().await;
    other.execute(&sql).await;
    other.execute("select setval('\"User_id_seq\"', 9)").await;
    assert_eq!(autobot_testkit::database_hash(&one.url).await, autobot_testkit::database_hash(&other.url).await);
}

#[test]
fn an_int_of_more_than_32_bits_needs_bigint() {
    let file = format!("{FILE} update User set age = 1627303906122;");
    let migration = assessed(&file, "", Some(&schema()));
    let problem = migration.findings.iter().find(|finding| finding.severity == Severity::Problem).unwrap();
    assert_eq!((problem.code.as_str(), problem.column.as_ref().unwrap().as_str()), ("AB031 needs-bigint", "age"));
}

#[test]
fn a_model_without_a_table_is_made_empty() {
    let file =
        FILE.replace("create table Tag (id integer not null primary key autoincrement, label text not null);", "");
    let migration = assessed(&file, "", Some(&schema()));
    assert!(migration.target.tables.iter().any(|table| table.table.as_str() == "Tag"));
    assert!(migration.findings.iter().any(|finding| finding.code == "AB101 only-in-prisma"));
}
