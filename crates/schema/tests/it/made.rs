//! A source, decided and made on a database of its own.

use std::ops::ControlFlow;

use autobot_assess::{ScanOptions, scan};
use autobot_catalog::{Evidence, Migration, Rules};
use autobot_db::{SchemaName, Source, Target};
use autobot_prisma::{Flavor, Schema};
use autobot_schema::{DecideOptions, create, ddl_text, decide, interests, introspect, prisma_by_rules};
use autobot_testkit::TestDatabase;

pub(crate) fn options() -> DecideOptions {
    options_in("public")
}

pub(crate) fn options_in(schema: &str) -> DecideOptions {
    DecideOptions {
        target_schema: SchemaName::new(schema).unwrap(),
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

/// Decides for a source made from SQL after a look at every value, with the owner's rules as TOML.
pub(crate) fn assessed(sql: &str, rules: &str, prisma: Option<&Schema>) -> Migration {
    let file = autobot_testkit::sqlite(sql);
    let source = Source::open(&file.path).unwrap();
    let mut connections = [source.connect().unwrap()];
    let catalog = introspect(&connections[0]).unwrap();
    let rules: Rules = toml::from_str(rules).unwrap();
    let prisma = prisma.map(|prisma| prisma_by_rules(prisma.clone(), &rules).unwrap());
    let prisma = prisma.as_ref();
    let scan_options =
        ScanOptions { interests: interests(&catalog, prisma, &rules, &options()), check_pages: true, places_max: 3 };
    let evidence = scan(&mut connections, &catalog, &scan_options, &|_| ControlFlow::Continue(())).unwrap();
    decide(&catalog, &evidence, prisma, &rules, &options())
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
