//! The application's files: .env, schema.prisma, migrations folder, and their exact undo.
