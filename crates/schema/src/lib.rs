//! SQLite introspection, type rules, DDL plus indexes, Prisma baseline.
