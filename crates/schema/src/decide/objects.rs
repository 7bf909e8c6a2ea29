//! What is neither table nor index: views, triggers, conflict clauses, collations.

use autobot_catalog::{Object, PgType, SourceObject};

use super::draft::{Draft, TableDraft};
use super::system_tables::is_system_table;
use crate::findings::{self as code, Code, finding};
use crate::syntax::parse_table;
use crate::translate::view;

/// Reports what has no counterpart.
pub(super) fn report(draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    for trigger in &draft.catalog.triggers {
        found.push(left_out(&code::TRIGGER, "trigger", trigger, "triggers are not translated"));
    }
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
            view(&source.sql, &|name| draft.table(name)).map_err(|why| why.to_string())
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
