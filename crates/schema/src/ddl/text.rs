use autobot_catalog::TargetSchema;
use autobot_db::quote_literal;

/// The whole schema as one SQL script that a person reads and `psql` runs: the same statements in the same order as
/// [`super::create`] runs them, in one transaction.
pub fn ddl_text(target: &TargetSchema) -> String {
    let mut text = String::from("BEGIN;\n\n");
    for statement in statements(target) {
        text.push_str(&format!("{};\n\n", statement.sql));
    }
    text.push_str("COMMIT;\n");
    text
}

/// One statement and what it makes, for errors.
pub(super) struct Step {
    pub(super) object: String,
    pub(super) sql: String,
}

/// All statements in order.
pub(super) fn statements(target: &TargetSchema) -> Vec<Step> {
    let step = |object: String, sql: String| Step { object, sql };
    let mut steps = vec![step("the search path".to_owned(), search_path(target))];
    for extension in &target.extensions {
        let sql = format!("CREATE EXTENSION IF NOT EXISTS \"{}\" SCHEMA public", extension.replace('"', "\"\""));
        steps.insert(0, step(format!("extension `{extension}`"), sql));
    }
    steps.extend(target.types.iter().map(|object| step(format!("type `{}`", object.name), object.sql.clone())));
    steps.extend(target.tables.iter().map(|table| step(format!("table `{}`", table.table), table.sql.clone())));
    for index in &target.indexes {
        steps.push(step(format!("index `{}`", index.name), index.sql.clone()));
        steps.extend(index.constraint_sql.iter().map(|sql| step(format!("constraint `{}`", index.name), sql.clone())));
    }
    steps.extend(target.foreign_keys.iter().map(|key| step(format!("foreign key `{}`", key.name), key.sql.clone())));
    for sequence in &target.sequences {
        let Some(last) = sequence.last.filter(|last| *last > 0) else { continue };
        let table = format!("{}.{}", target.schema.quoted(), sequence.table.quoted());
        let (table, column) = (quote_literal(&table), quote_literal(sequence.column.as_str()));
        let sql = format!("SELECT setval(pg_get_serial_sequence({table}, {column}), {last}, true)");
        steps.push(step(format!("the sequence of `{}`", sequence.table), sql));
    }
    let objects = target.comments.iter().chain(&target.after);
    steps.extend(objects.map(|object| step(format!("{} `{}`", object.kind, object.name), object.sql.clone())));
    steps
}

fn search_path(target: &TargetSchema) -> String {
    format!("SET LOCAL search_path = {}", target.schema.quoted())
}
