//! Reading and rewriting schema.prisma, and the DDL that Prisma's engine emits for it.
