//! Private PostgreSQL clusters and databases for tests.
