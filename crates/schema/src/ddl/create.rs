use autobot_catalog::TargetSchema;
use autobot_db::execute;
use sqlx::PgConnection;

use super::text::statements;
use crate::Error;

/// Makes the whole schema in its own place in one transaction: all of it, or nothing.
///
/// The schema of PostgreSQL (`public`) must exist and hold nothing of these names.
pub async fn create(connection: &mut PgConnection, target: &TargetSchema) -> Result<(), Error> {
    run(connection, "the transaction", "BEGIN".to_owned()).await?;
    for step in statements(target) {
        if let Err(error) = run(connection, &step.object, step.sql).await {
            // The first error is the one to report; the server ends a failed transaction in any case.
            let _ = run(connection, "the transaction", "ROLLBACK".to_owned()).await;
            return Err(error);
        }
    }
    run(connection, "the transaction", "COMMIT".to_owned()).await
}

async fn run(connection: &mut PgConnection, object: &str, sql: String) -> Result<(), Error> {
    let done = execute(connection, &format!("create {object}"), sql).await;
    done.map(|_| ()).map_err(|source| Error::Create { object: object.to_owned(), source: Box::new(source) })
}
