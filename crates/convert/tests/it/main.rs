//! PostgreSQL as the oracle: what is encoded must arrive as PostgreSQL itself reads it.

mod copied;
mod edges;
mod generated;
