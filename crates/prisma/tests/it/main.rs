//! The DDL against what the real Prisma printed for the same schemas.

mod fixtures;
