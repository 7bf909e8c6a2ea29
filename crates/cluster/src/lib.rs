//! A private PostgreSQL server in a directory.
