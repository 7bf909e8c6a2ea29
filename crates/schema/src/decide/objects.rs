//! What is neither table nor index: views, triggers, conflict clauses, collations.

use autobot_catalog::{Object, PgType, SourceObject};

use super::draft::{Draft, TableDraft};
use super::system_tables::is_system_table;
use crate::ddl::NameRegistry;
use crate::findings::{self as code, Code, finding};
use crate::syntax::parse_table;
use crate::translate::{Surroundings, trigger, view};

/// Reports what has no counterpart.
pub(super) fn report(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for table in &draft.tables {
        found.extend(conflicts(table));
        found.extend(surrogate(table));
        found.extend(collations(table));
    }
    draft.findings.append(&mut found);
}

/// The views that translate, in the order of the source.
pub(super) fn views(draft: &mut Draft<'_>) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut found = Vec::new();
    for source in &draft.catalog.views {
        let name = source.name.as_str();
        let translated = if source.name.is_too_long() || is_system_table(name) || !draft.relations.take(name) {
            Err("its name is too long or taken".to_owned())
        } else {
            view(&source.sql, draft.text_order(), &|name| draft.table(name)).map_err(|why| why.to_string())
        };
        match translated {
            Ok(select) => {
                let sql = format!("CREATE VIEW {} AS {select}", source.name.quoted());
                objects.push(Object { kind: "view".to_owned(), name: source.name.as_str().to_owned(), sql });
            }
            Err(why) => found.push(left_out(&code::VIEW, "view", source, &why)),
        }
    }
    draft.findings.append(&mut found);
    objects
}

/// The triggers that translate: a function and a trigger for each.
pub(super) fn triggers(draft: &mut Draft<'_>) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut found = Vec::new();
    let mut functions = NameRegistry::default();
    let triggers = &draft.catalog.triggers;
    for source in triggers {
        let others = triggers.iter().filter(|other| other.name != source.name);
        let triggered: Vec<&str> = others.map(|other| other.table.as_str()).collect();
        let acted_on = |table: &TableDraft<'_>| acts_on(draft, table);
        let among = Surroundings { find: &|name| draft.table(name), triggered: &triggered, acted_on: &acted_on };
        let function = functions.free(&format!("{}_fn", source.name));
        let quoted_function = format!("\"{}\"", function.replace('"', "\"\""));
        let made = if source.name.is_too_long() {
            Err("its name is too long".to_owned())
        } else {
            trigger(&source.sql, (&source.name.quoted(), &quoted_function), &among).map_err(|why| why.to_string())
        };
        match made {
            Ok(made) => {
                objects.push(Object { kind: "function".to_owned(), name: function, sql: made.function });
                let name = source.name.as_str().to_owned();
                let message = format!("trigger `{name}` becomes a function and a trigger of PostgreSQL");
                found.push(finding(&code::TRIGGER_MADE, message).object(name.clone()).done());
                objects.push(Object { kind: "trigger".to_owned(), name, sql: made.trigger });
            }
            Err(why) => found.push(left_out(&code::TRIGGER, "trigger", source, &why)),
        }
    }
    draft.findings.append(&mut found);
    objects
}

/// True when foreign keys change rows of a table by themselves.
fn acts_on(draft: &Draft<'_>, table: &TableDraft<'_>) -> bool {
    let acts = |action: &str| !["", "NO ACTION", "RESTRICT"].iter().any(|quiet| action.eq_ignore_ascii_case(quiet));
    let of_source = table.source.foreign_keys.iter().any(|key| acts(&key.on_delete) || acts(&key.on_update));
    let of_model = draft.ddl.iter().flat_map(|ddl| &ddl.foreign_keys);
    of_source || of_model.into_iter().any(|key| table.model.as_deref() == Some(key.table.as_str()))
}

/// A view or trigger that is left out, with its SQL.
pub(super) fn left_out(code: &Code, kind: &str, object: &SourceObject, why: &str) -> autobot_catalog::Finding {
    let message = format!("{kind} `{}` is left out: {why}; {}", object.name, object.sql);
    let found = finding(code, message).object(object.name.as_str());
    match autobot_db::TableName::new(object.table.clone()) {
        Ok(table) if kind == "trigger" => found.table(&table).done(),
        _ => found.done(),
    }
}

fn conflicts(table: &TableDraft<'_>) -> Option<autobot_catalog::Finding> {
    let parsed = parse_table(&table.source.sql).ok()?;
    let clauses = &parsed.conflict_clauses;
    let name = &table.source.name;
    let message = format!("`{name}` says {}, which constraints of PostgreSQL do not", clauses.join(", "));
    (!clauses.is_empty()).then(|| finding(&code::CONFLICT_CLAUSE, message).table(name).done())
}

fn surrogate(table: &TableDraft<'_>) -> Option<autobot_catalog::Finding> {
    let key = table.rule.surrogate_key.as_ref()?;
    let name = &table.source.name;
    Some(finding(&code::SURROGATE_KEY, format!("`{name}` gets a generated key `{key}`, by rule")).table(name).done())
}

fn collations(table: &TableDraft<'_>) -> Vec<autobot_catalog::Finding> {
    let mut found = Vec::new();
    for column in &table.columns {
        let Some(collation) = &column.source.collation else { continue };
        let (name, of) = (&column.source.name, &table.source.name);
        let blind = collation.eq_ignore_ascii_case("nocase");
        if column.map.target_type == PgType::Citext && blind {
            continue;
        }
        let (code, message) = if blind {
            (&code::NOCASE, format!("`{of}`.`{name}` compares without ASCII case in SQLite"))
        } else {
            (&code::KEY_COLLATION, format!("`{of}`.`{name}` compares by `{collation}` in SQLite"))
        };
        found.push(finding(code, message).table(of).column(name).done());
    }
    found
}
