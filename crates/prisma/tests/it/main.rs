//! The DDL and the rewriting against what the real Prisma wrote for the same schemas.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

mod fixtures;
mod rewriting;
