/// A table that a tool keeps for itself and that means nothing on PostgreSQL.
struct Known {
    /// The name, or its beginning when it ends in `*`.
    name: &'static str,
    /// The tool.
    tool: &'static str,
}

/// Bookkeeping that stays behind.
const KNOWN: &[Known] = &[
    Known { name: "sqlite_*", tool: "SQLite" },
    Known { name: "_litestream_*", tool: "Litestream" },
    Known { name: "_prisma_migrations", tool: "Prisma" },
    Known { name: "_autobot_*", tool: "AutoBOT migration" },
    Known { name: "_cf_*", tool: "Cloudflare D1" },
    Known { name: "libsql_wasm_func_table", tool: "libSQL" },
];

/// Tables of tools that the application reads: they go over as data.
const KEPT: &[Known] = &[
    Known { name: "__drizzle_migrations", tool: "Drizzle" },
    Known { name: "django_migrations", tool: "Django" },
    Known { name: "schema_migrations", tool: "Rails or another migration tool" },
    Known { name: "ar_internal_metadata", tool: "Rails" },
    Known { name: "alembic_version", tool: "Alembic" },
    Known { name: "knex_migrations", tool: "Knex" },
    Known { name: "knex_migrations_lock", tool: "Knex" },
    Known { name: "sequelizemeta", tool: "Sequelize" },
    Known { name: "goose_db_version", tool: "goose" },
    Known { name: "_sqlx_migrations", tool: "sqlx" },
    Known { name: "__diesel_schema_migrations", tool: "Diesel" },
    Known { name: "seaql_migrations", tool: "SeaORM" },
    Known { name: "flyway_schema_history", tool: "Flyway" },
    Known { name: "databasechangelog", tool: "Liquibase" },
    Known { name: "databasechangeloglock", tool: "Liquibase" },
    Known { name: "__efmigrationshistory", tool: "Entity Framework" },
    Known { name: "typeorm_metadata", tool: "TypeORM" },
    Known { name: "migrations", tool: "TypeORM, Laravel or another migration tool" },
    Known { name: "room_master_table", tool: "Room (Android)" },
    Known { name: "android_metadata", tool: "Android" },
    Known { name: "gpkg_*", tool: "GeoPackage" },
    Known { name: "spatial_ref_sys", tool: "SpatiaLite" },
    Known { name: "geometry_columns", tool: "SpatiaLite" },
];

/// The tool whose bookkeeping a table is, by its name.
pub(super) fn tool(table: &str) -> Option<&'static str> {
    find(KNOWN, table)
}

/// The tool whose table goes over as data, by its name.
pub(crate) fn tool_of_data(table: &str) -> Option<&'static str> {
    find(KEPT, table)
}

fn find(list: &[Known], table: &str) -> Option<&'static str> {
    let table = table.to_ascii_lowercase();
    let known = list.iter().find(|known| match known.name.strip_suffix('*') {
        Some(beginning) => table.starts_with(beginning),
        None => table == known.name,
    })?;
    Some(known.tool)
}
