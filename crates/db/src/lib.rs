//! Opening SQLite (read-only) and PostgreSQL (pinned session), names, secrets, locks.
