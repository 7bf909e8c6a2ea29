//! The plan's monitoring queries (recommendation 3), typed. Reads only.

use autobot_db::{QualifiedName, SchemaName, TableName, TargetError};
use serde::Serialize;
use sqlx::{PgConnection, Row as _};

use crate::Result;

const SERVER: &str = include_str!("../sql/monitor_server.sql");
const CONNECTIONS: &str = include_str!("../sql/monitor_connections.sql");
const TABLES: &str = include_str!("../sql/monitor_tables.sql");

/// How a server and a database on it stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Monitor {
    /// The server and the database.
    pub server: Server,
    /// Clients of the server, by database, role and state; most first.
    pub connections: Vec<Connections>,
    /// The largest tables of the database, with their indexes; largest first.
    pub tables: Vec<TableSize>,
}

/// The server and the database.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The database.
    pub database: String,
    /// As the server says it.
    pub version: String,
    /// Seconds since the server was started.
    pub uptime_s: i64,
    /// The database's size in bytes.
    pub database_bytes: i64,
    /// Clients now.
    pub connections: i64,
    /// Clients at most.
    pub connections_max: i64,
    /// Blocks found in the cache out of all blocks read, 0 to 1; none before the first read.
    pub cache_hit_ratio: Option<f64>,
    /// Deadlocks since the statistics were reset.
    pub deadlocks: i64,
    /// Seconds since the oldest open transaction began; none when there is none.
    pub oldest_transaction_s: Option<i64>,
}

/// Clients of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Connections {
    /// The database.
    pub database: String,
    /// The role.
    pub role: String,
    /// `active`, `idle`, `idle in transaction`, ...
    pub state: String,
    /// How many.
    pub count: i64,
}

/// The size of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableSize {
    /// The table.
    pub table: QualifiedName,
    /// With its indexes and its long values, in bytes.
    pub total_bytes: i64,
    /// Its indexes alone, in bytes.
    pub index_bytes: i64,
    /// Its rows as the last `analyze` estimated them; none before the first.
    pub rows_estimated: Option<i64>,
}

/// Looks once. `tables_max` limits the list of tables.
pub async fn look(connection: &mut PgConnection, tables_max: u32) -> Result<Monitor> {
    Ok(Monitor {
        server: server(connection).await?,
        connections: connections(connection).await?,
        tables: tables(connection, tables_max).await?,
    })
}

async fn server(connection: &mut PgConnection) -> Result<Server> {
    let row = sqlx::query(SERVER).fetch_one(connection).await.map_err(TargetError::query("look at the server"))?;
    Ok(Server {
        database: row.get("database"),
        version: row.get("version"),
        uptime_s: row.get("uptime_s"),
        database_bytes: row.get("database_bytes"),
        connections: row.get("connections"),
        connections_max: row.get("connections_max"),
        cache_hit_ratio: row.get("cache_hit_ratio"),
        deadlocks: row.get("deadlocks"),
        oldest_transaction_s: row.get("oldest_transaction_s"),
    })
}

async fn connections(connection: &mut PgConnection) -> Result<Vec<Connections>> {
    let rows = sqlx::query(CONNECTIONS).fetch_all(connection).await;
    let rows = rows.map_err(TargetError::query("look at the connections"))?;
    let counted = |row: &sqlx::postgres::PgRow| Connections {
        database: row.get("database"),
        role: row.get("role"),
        state: row.get("state"),
        count: row.get("count"),
    };
    Ok(rows.iter().map(counted).collect())
}

async fn tables(connection: &mut PgConnection, tables_max: u32) -> Result<Vec<TableSize>> {
    let rows = sqlx::query(TABLES).bind(i64::from(tables_max)).fetch_all(connection).await;
    let rows = rows.map_err(TargetError::query("look at the tables"))?;
    let sized = |row: &sqlx::postgres::PgRow| {
        let schema = SchemaName::new(row.get::<String, _>("schema")).ok()?;
        let table = TableName::new(row.get::<String, _>("table")).ok()?;
        Some(TableSize {
            table: QualifiedName { schema, table },
            total_bytes: row.get("total_bytes"),
            index_bytes: row.get("index_bytes"),
            rows_estimated: row.get("rows_estimated"),
        })
    };
    Ok(rows.iter().filter_map(sized).collect())
}
