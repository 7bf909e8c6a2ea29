//! The server: embedded, local, docker or existing; role, database, grants, tuning.
