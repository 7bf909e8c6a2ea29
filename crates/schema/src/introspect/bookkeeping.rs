/// A table that a tool keeps for itself and that means nothing on PostgreSQL.
struct Known {
    /// The name, or its beginning when it ends in `*`.
    name: &'static str,
    /// The tool.
    tool: &'static str,
}

/// Bookkeeping that stays behind. The migration tables of Rails, Django, Drizzle, Knex and their like are not here: the
/// application reads them, so they go over as data.
const KNOWN: &[Known] = &[
    Known { name: "sqlite_*", tool: "SQLite" },
    Known { name: "_litestream_*", tool: "Litestream" },
    Known { name: "_prisma_migrations", tool: "Prisma" },
    Known { name: "_autobot_*", tool: "AutoBOT migration" },
    Known { name: "_cf_*", tool: "Cloudflare D1" },
    Known { name: "libsql_wasm_func_table", tool: "libSQL" },
];

/// The tool whose bookkeeping a table is, by its name.
pub(super) fn tool(table: &str) -> Option<&'static str> {
    let table = table.to_ascii_lowercase();
    let known = KNOWN.iter().find(|known| match known.name.strip_suffix('*') {
        Some(beginning) => table.starts_with(beginning),
        None => table == known.name,
    })?;
    Some(known.tool)
}
