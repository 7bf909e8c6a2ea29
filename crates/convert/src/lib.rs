//! One stored SQLite value to one PostgreSQL value, or the reason why not.
