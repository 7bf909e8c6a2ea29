//! What each test stands on: a folder, options, and one way to plan and run.

use std::path::Path;

use autobot_db::{Name, SchemaName, Secret, TargetUrl};
use autobot_plan::{Fingerprint, Journal, Plan, RunError, RunSummary, Silent, Standing, Stop, run};
use autobot_provision::{Change, Error, Expect, Facts, Options, Provider, Provisioner, plan};
use autobot_testkit as testkit;
use sqlx::{Connection as _, PgConnection, Row as _};

/// Options for a database and a role that are this test's own.
pub(crate) fn options(dir: &Path, provider: Provider, name: &str) -> Options {
    Options {
        provider,
        role: Name::new(format!("{name} röle")).unwrap(),
        database: Name::new(format!("{name} \"db\"")).unwrap(),
        schema: SchemaName::new("public").unwrap(),
        password: None,
        may_create_databases: false,
        expect: Expect::NoRows,
        credentials_file: dir.join("target.json"),
    }
}

/// The test server's superuser.
pub(crate) fn admin() -> TargetUrl {
    testkit::url("postgres").parse().unwrap()
}

pub(crate) async fn planned(options: &Options) -> Result<Plan<Change>, Error> {
    Ok(plan(&Facts::gather(options).await?, options))
}

/// Plans and runs, as the command line does.
pub(crate) async fn carry_out(dir: &Path, options: &Options) -> Result<RunSummary, RunError<Error>> {
    let plan = planned(options).await.map_err(|source| RunError::Probe { title: "looking".to_owned(), source })?;
    let mut journal = Journal::open(&dir.join("journal.jsonl"), &Fingerprint::new()).unwrap();
    run(&plan, &mut Provisioner::new(options.clone()), &mut journal, &Silent, &Stop::new()).await
}

/// The crate's own error of a run that has to fail.
pub(crate) async fn obstacle(dir: &Path, options: &Options) -> Error {
    match carry_out(dir, options).await.unwrap_err() {
        RunError::Probe { source, .. } | RunError::Apply { source, .. } => source,
        other => panic!("{other}"),
    }
}

/// Ids and standings of a plan, one per line.
pub(crate) fn standings(plan: &Plan<Change>) -> Vec<(String, Standing)> {
    plan.steps.iter().map(|step| (autobot_plan::Change::id(&step.change), step.standing)).collect()
}

pub(crate) async fn ask(url: &TargetUrl, sql: &'static str) -> String {
    let mut connection = PgConnection::connect_with(&url.connect_options().unwrap()).await.unwrap();
    sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0)
}

pub(crate) async fn execute(url: &TargetUrl, sql: &str) {
    let mut connection = PgConnection::connect_with(&url.connect_options().unwrap()).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
}

/// The URL with another role.
pub(crate) fn as_role(url: &TargetUrl, role: &str, password: &str) -> TargetUrl {
    TargetUrl { user: role.to_owned(), password: Some(Secret::new(password)), ..url.clone() }
}
