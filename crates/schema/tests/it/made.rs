//! A source, decided and made on a database of its own.

use autobot_catalog::{Evidence, Migration, Rules};
use autobot_db::{SchemaName, Source, Target};
use autobot_prisma::Flavor;
use autobot_schema::{DecideOptions, create, ddl_text, decide, introspect};
use autobot_testkit::TestDatabase;

pub(crate) fn options() -> DecideOptions {
    DecideOptions {
        target_schema: SchemaName::new("public").unwrap(),
        additional_indexes: Vec::new(),
        flavor: Flavor::Current,
    }
}

/// Decides for a source made from SQL, without evidence.
pub(crate) fn decided(sql: &str) -> Migration {
    let file = autobot_testkit::sqlite(sql);
    let source = Source::open(&file.path).unwrap();
    let catalog = introspect(&source.connect().unwrap()).unwrap();
    decide(&catalog, &Evidence::default(), None, &Rules::default(), &options())
}

/// Makes what was decided, in a fresh database.
pub(crate) async fn made(migration: &Migration) -> TestDatabase {
    let database = autobot_testkit::database().await;
    let target = Target::new(database.url.parse().unwrap());
    let mut connection = target.connect().await.unwrap();
    if let Err(error) = create(&mut connection, &migration.target).await {
        let cause = std::error::Error::source(&error).and_then(|cause| cause.source()).map(ToString::to_string);
        panic!("{error}: {}\nin: {}", cause.unwrap_or_default(), ddl_text(&migration.target));
    }
    database
}
