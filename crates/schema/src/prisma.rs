//! A Prisma application: which types its fields may get, and the first migration on PostgreSQL with its row in Prisma's own
//! table.

use autobot_catalog::{ColumnRule, Migration, Rules, TableObject};
use autobot_db::{SchemaName, quote_literal};
use autobot_prisma::{
    Ddl, Flavor, ForeignKey, Index, MIGRATIONS_TABLE_SQL, Scalar, Schema, Statement, StatementKind, Table,
    migration_checksum, postgres_ddl,
};

/// Types that a rule may ask for and that are a scalar type of Prisma: then schema.prisma changes with the rule.
const SCALARS: &[(&str, Scalar)] = &[
    ("text", Scalar::String),
    ("bigint", Scalar::BigInt),
    ("int8", Scalar::BigInt),
    ("integer", Scalar::Int),
    ("jsonb", Scalar::Json),
    ("double precision", Scalar::Float),
    ("bytea", Scalar::Bytes),
];

/// The scalar type of Prisma that a rule's `as` asks for.
fn prisma_scalar(asked: &str) -> Option<Scalar> {
    let asked = asked.trim().to_lowercase();
    SCALARS.iter().find(|(name, _)| *name == asked).map(|(_, scalar)| *scalar)
}

/// A field of schema.prisma that a rule gives another type: model, field, scalar type.
pub type RuledField = (String, String, Scalar);

/// The fields that the owner's rules give another type.
pub fn ruled_fields(prisma: &Schema, rules: &Rules) -> Vec<RuledField> {
    let columns = rules
        .tables
        .iter()
        .flat_map(|(table, rule)| rule.columns.iter().map(move |(column, rule)| (table, column, rule)));
    let one = |(table, column, rule): (&String, &String, &ColumnRule)| {
        let scalar = prisma_scalar(rule.target_type.as_ref()?)?;
        let (model, field) = prisma.column(table, column)?;
        (field.scalar() != Some(scalar)).then(|| (model.name.clone(), field.name.clone(), scalar))
    };
    columns.filter_map(one).collect()
}

/// schema.prisma as the rules ask for it, in memory.
pub fn prisma_by_rules(prisma: Schema, rules: &Rules) -> Result<Schema, autobot_prisma::Error> {
    let mut schema = prisma;
    for (model, field, scalar) in ruled_fields(&schema, rules) {
        let edits = schema.change_field_type(&model, &field, scalar.name())?;
        schema = schema.apply(&edits)?;
    }
    Ok(schema)
}

/// True when a field of schema.prisma can get the type that a rule asks for: its default fits, and no relation ties it
/// to fields of other tables, whose values nobody asked about.
pub(crate) fn field_takes(schema: &Schema, table: &str, column: &str, asked: &str) -> bool {
    let (Some(scalar), Some((model, field))) = (prisma_scalar(asked), schema.column(table, column)) else {
        return false;
    };
    let alone = scalar == Scalar::BigInt || schema.tied_fields(model, field).len() == 1;
    let changed = || schema.change_field_type(&model.name, &field.name, scalar.name());
    alone && changed().and_then(|edits| schema.apply(&edits)).is_ok()
}

/// The text of `migration.sql`: what Prisma would write for the schema, with what only the file has (tables, columns,
/// indexes, checks) added, so that a database made from it is the one that the migration makes.
pub fn prisma_migration_sql(
    schema: &Schema,
    flavor: Flavor,
    migration: &Migration,
) -> Result<String, autobot_prisma::Error> {
    let ddl = postgres_ddl(schema, flavor)?;
    let plain = postgres_ddl(schema, unprefixed(flavor))?;
    let extra = extra_statements(&plain, migration);
    let grown: Vec<Option<Statement>> = plain.tables.iter().map(|table| grown(table, migration)).collect();
    let indexes: Vec<Option<Statement>> = plain.indexes.iter().map(|index| made_by_rule(index, migration)).collect();
    let as_declared = plain.indexes.iter().zip(&indexes).all(|(index, made)| made.as_ref() == Some(&index.create()));
    if extra.is_empty() && as_declared && grown.iter().all(Option::is_none) {
        return Ok(ddl.migration_sql());
    }
    let mut statements: Vec<Statement> = Vec::new();
    statements.extend(ddl.namespaces.iter().map(autobot_prisma::Namespace::create));
    statements.extend(ddl.extensions.iter().map(autobot_prisma::Extension::create));
    statements.extend(ddl.enums.iter().map(autobot_prisma::EnumType::create));
    statements.extend(ddl.tables.iter().zip(grown).map(|(table, grown)| grown.unwrap_or_else(|| table.create())));
    statements.extend(ddl.indexes.iter().zip(&plain.indexes).zip(indexes).filter_map(|((index, plain), made)| {
        if made.as_ref() == Some(&plain.create()) { Some(index.create()) } else { made }
    }));
    statements.extend(ddl.foreign_keys.iter().map(ForeignKey::add));
    statements.extend(extra);
    Ok(statements.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The flavor whose statements name no schema, so that they run in any.
pub(crate) fn unprefixed(flavor: Flavor) -> Flavor {
    if flavor == Flavor::Five { Flavor::Five } else { Flavor::Six }
}

/// The statement of a model's table that the file makes larger; none when it is as Prisma declares it.
fn grown(table: &Table, migration: &Migration) -> Option<Statement> {
    let object = object_of(&table.name, migration)?;
    if object.sql == table.create_without_primary_key().sql {
        return None;
    }
    let open = object.sql.strip_suffix("\n)")?;
    let key = table.create().sql.rsplit_once(",\n\n    CONSTRAINT ").map(|(_, key)| key.to_owned());
    let sql = key.map_or_else(|| object.sql.clone(), |key| format!("{open},\n\n    CONSTRAINT {key}"));
    Some(Statement { kind: StatementKind::CreateTable, sql })
}

/// An index of a model as the migration makes it: by rule it may be another, or none.
fn made_by_rule(index: &Index, migration: &Migration) -> Option<Statement> {
    let made = migration.target.indexes.iter().find(|object| object.name == index.name)?;
    Some(Statement { sql: made.sql.clone(), ..index.create() })
}

fn object_of<'m>(table: &str, migration: &'m Migration) -> Option<&'m TableObject> {
    migration.target.tables.iter().find(|object| object.table.as_str() == table)
}

/// What the target has and Prisma does not declare.
fn extra_statements(ddl: &Ddl, migration: &Migration) -> Vec<Statement> {
    let target = &migration.target;
    let mut extra = Vec::new();
    let statement = |kind, sql: &str| Statement { kind, sql: sql.to_owned() };
    for table in target.tables.iter().filter(|table| ddl.table(table.table.as_str()).is_none()) {
        extra.push(statement(StatementKind::CreateTable, &table.sql));
    }
    let declared_key = |name: &str| {
        ddl.tables.iter().filter_map(|table| table.primary_key.as_ref()).any(|key| key.name == name)
            || ddl.indexes.iter().any(|index| index.name == name)
    };
    for index in target.indexes.iter().filter(|index| !declared_key(&index.name)) {
        extra.push(statement(StatementKind::CreateIndex, &index.sql));
        extra.extend(index.constraint_sql.iter().map(|sql| statement(StatementKind::AlterTable, sql)));
    }
    let declared = |table: &str, name: &str| {
        ddl.foreign_keys.iter().any(|declared| declared.table == table && declared.name == name)
    };
    for key in target.foreign_keys.iter().filter(|key| !declared(key.table.as_str(), &key.name)) {
        extra.push(statement(StatementKind::AddForeignKey, &key.sql));
    }
    extra
}

/// SQL that makes `_prisma_migrations` in the schema where the tables are published, and enters the migration as
/// deployed: `prisma migrate status` and `migrate deploy` then find nothing to do.
///
/// `migration_name` is the name of its folder, `migration_sql` the bytes of its `migration.sql`. Entering it a second
/// time changes nothing. The statements leave the search path as it was.
pub fn prisma_baseline(schema: &SchemaName, migration_name: &str, migration_sql: &[u8]) -> Vec<String> {
    let table = format!("{}.\"_prisma_migrations\"", schema.quoted());
    let create = MIGRATIONS_TABLE_SQL
        .trim()
        .trim_end_matches(';')
        .replacen("\"_prisma_migrations\"", &table, 1)
        .replacen("CREATE TABLE \"", "CREATE TABLE IF NOT EXISTS \"", 1);
    let (name, checksum) = (quote_literal(migration_name), quote_literal(&migration_checksum(migration_sql)));
    let insert = format!(
        "INSERT INTO {table} (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, \
         applied_steps_count) SELECT gen_random_uuid()::text, {checksum}, now(), {name}, NULL, NULL, now(), 1 \
         WHERE NOT EXISTS (SELECT FROM {table} WHERE migration_name = {name} AND rolled_back_at IS NULL)"
    );
    vec![create, insert]
}
