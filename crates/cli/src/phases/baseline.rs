use autobot_appconfig::Migration;
use autobot_db::quote_literal;
use autobot_plan::files;
use autobot_prisma::{MIGRATIONS_TABLE, MIGRATIONS_TABLE_SQL, migration_checksum};
use autobot_transfer::ExtraSql;
use sha2::{Digest, Sha256};

/// The row of `_prisma_migrations` that says that the migration is applied, published together with the tables it
/// describes: `migrate status` and `migrate deploy` find nothing to do.
pub fn baseline(migration: &Migration) -> ExtraSql {
    let create = MIGRATIONS_TABLE_SQL.replacen("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1);
    let checksum = migration_checksum(migration.sql.as_bytes());
    let (id, name) = (quote_literal(&id(&migration.name, &checksum)), quote_literal(&migration.name));
    let checksum = quote_literal(&checksum);
    let insert = format!(
        "insert into \"{MIGRATIONS_TABLE}\" (\"id\", \"checksum\", \"finished_at\", \"migration_name\", \"applied_steps_count\") \
         select {id}, {checksum}, now(), {name}, 1 \
         where not exists (select from \"{MIGRATIONS_TABLE}\" where \"migration_name\" = {name})"
    );
    ExtraSql {
        doing: format!("write the Prisma baseline {}", migration.name),
        apply: format!("{create};\n{insert}"),
        undo: format!("delete from \"{MIGRATIONS_TABLE}\" where \"id\" = {id}"),
    }
}

/// A UUID that is the same in every run of one migration, made from its name and checksum.
fn id(name: &str, checksum: &str) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(format!("{name}\n{checksum}")).into();
    // RFC 9562: version 8 (a UUID by one's own rule), variant 10.
    bytes[6] = 0x80 | bytes[6] & 0x0F;
    bytes[8] = 0x80 | bytes[8] & 0x3F;
    let hex = files::hex(&bytes[..16]);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
