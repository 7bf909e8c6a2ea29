//! Foreign keys.

mod compatible;
mod losing;
mod parent;
mod spelling;

use std::collections::BTreeSet;

use autobot_catalog::{Finding, ForeignKeyObject, Orphans, PgType, Seen, SourceForeignKey};
use autobot_db::ColumnName;
use autobot_prisma::ForeignKey;

use super::draft::{Draft, TableDraft, TypedBy};
use super::indexes::long_texts::is_tree;
use super::primary_keys::{list, quoted};
use crate::ddl::check_sql;
use crate::findings::{self as code, Keys, finding};
use crate::typing::{ColumnView, is_temporal, takes_all};

use compatible::compatible;
use parent::{Parent, resolve};
use spelling::alike;

/// Where a foreign key stands between types that PostgreSQL does not compare, gives the child its parent's type when
/// that takes all its values and nobody asked for another. The parent may be a child itself, so this goes on until
/// nothing changes; no column changes twice.
pub(super) fn harmonise(draft: &mut Draft<'_>) {
    let mut changed = BTreeSet::new();
    while let Some((at, name, target_type)) = disagreement(draft, &changed) {
        let mut columns = draft.tables[at].columns.iter_mut();
        if let Some(column) = columns.find(|column| column.source.name == name) {
            column.map.target_type = target_type;
        }
        changed.insert((at, name));
    }
}

/// A column of a foreign key that should have its parent's type: its table's place, its name and that type.
fn disagreement(draft: &Draft<'_>, changed: &BTreeSet<(usize, ColumnName)>) -> Option<(usize, ColumnName, PgType)> {
    let writer = draft.writer();
    for (at, table) in draft.tables.iter().enumerate().filter(|(_, table)| table.model.is_none()) {
        for key in &table.source.foreign_keys {
            let Ok(parent) = resolve(draft, key) else { continue };
            for (child, parent) in key.columns.iter().zip(&parent.columns) {
                let Some(child) = table.column(child.as_str()).filter(|child| child.typed_by != TypedBy::Rule) else {
                    continue;
                };
                let view = ColumnView { column: child.source, evidence: child.evidence, rule: &child.rule, writer };
                let wanted = &parent.map.target_type;
                let differs = !compatible(&child.map.target_type, wanted) && !is_temporal(wanted);
                let differs = differs && alike(child, parent);
                let name = child.source.name.clone();
                if differs && takes_all(view, wanted) && !changed.contains(&(at, name.clone())) {
                    return Some((at, name, wanted.clone()));
                }
            }
        }
    }
    None
}

/// All foreign keys of the target.
pub(super) fn decide(draft: &mut Draft<'_>) -> Vec<ForeignKeyObject> {
    let mut objects = Vec::new();
    let mut found = Vec::new();
    let mut quarantined = Vec::new();
    let losing = losing::tables(draft);
    for (at, table) in draft.tables.iter().enumerate() {
        for (number, key) in table.source.foreign_keys.iter().enumerate() {
            let declared = declared_by_model(draft, table, key);
            let parent = match resolve(draft, key).and_then(|parent| fits(draft, table, key, parent)) {
                Ok(parent) => parent,
                Err((code, why)) if declared.is_none() => {
                    let message = format!("{} is left out: {why}", described(table, key));
                    found.push(finding(code, message).table(&table.source.name).done());
                    continue;
                }
                // Prisma declares it: its statement is made, and fails by name should it not fit.
                Err(_) => continue,
            };
            let loses = losing.contains(&parent.table.source.name);
            let treatment = orphans(table, (number, key), loses, &mut found);
            if treatment == Treatment::Quarantine {
                let columns = parent.columns.iter().map(|column| column.map.source.clone()).collect();
                quarantined.push((at, (key.columns.clone(), parent.table.source.name.clone(), columns)));
            }
            if declared.is_none() {
                objects.push((at, key, object(table, key, &parent, treatment == Treatment::Keep)));
            }
        }
    }
    let mut named: Vec<ForeignKeyObject> = of_models(draft);
    let objects: Vec<_> = objects.into_iter().map(|(at, key, object)| (at, key.name.clone(), object)).collect();
    for (at, written, make) in objects {
        let table = &mut draft.tables[at];
        let columns: Vec<&str> = make.columns.iter().map(|column| column.as_str()).collect();
        let wanted = written.unwrap_or_else(|| format!("{}_{}_fkey", table.target, columns.join("_")));
        named.push(make.named(&table.constraints.free(&wanted)));
    }
    for (at, orphans) in quarantined {
        draft.tables[at].quarantine_orphans.push(orphans);
    }
    draft.findings.append(&mut found);
    named
}

/// CHECKs that some rows break: constraints that come after the rows, as foreign keys do.
fn late_checks(draft: &Draft<'_>) -> Vec<ForeignKeyObject> {
    let of_table = |table: &TableDraft<'_>| {
        let (target, name) = (table.target.clone(), table.target.quoted());
        let object = |(check, condition): &(String, String)| ForeignKeyObject {
            table: target.clone(),
            name: check.clone(),
            sql: format!("ALTER TABLE {name} ADD {} NOT VALID", check_sql(check, condition)),
            parent: target.clone(),
            not_valid: true,
        };
        table.late_checks.iter().map(object).collect::<Vec<_>>()
    };
    draft.tables.iter().flat_map(of_table).collect()
}

/// The foreign keys that Prisma declares.
fn of_models(draft: &Draft<'_>) -> Vec<ForeignKeyObject> {
    let keys = draft.ddl.iter().flat_map(|ddl| &ddl.foreign_keys);
    let object = |key: &ForeignKey| {
        Some(ForeignKeyObject {
            table: autobot_db::TableName::new(key.table.clone()).ok()?,
            name: key.name.clone(),
            sql: key.add().sql,
            parent: autobot_db::TableName::new(key.referenced_table.clone()).ok()?,
            not_valid: false,
        })
    };
    keys.filter_map(object).chain(late_checks(draft)).collect()
}

/// The foreign key of a model over the same columns.
fn declared_by_model<'d>(
    draft: &'d Draft<'_>,
    table: &TableDraft<'_>,
    key: &SourceForeignKey,
) -> Option<&'d ForeignKey> {
    let model = table.model.as_ref()?;
    let columns: Vec<&str> = table.columns_of(&key.columns)?.iter().map(|column| column.map.target.as_str()).collect();
    draft.ddl.as_ref()?.foreign_keys.iter().find(|declared| declared.table == *model && declared.columns == columns)
}

/// A code and the reason why a foreign key cannot be.
type Unfit = (&'static code::Code, String);

/// Whether PostgreSQL can have the key: all columns go over, and their types compare.
fn fits<'d, 'a>(
    _draft: &'d Draft<'a>,
    table: &TableDraft<'_>,
    key: &SourceForeignKey,
    parent: Parent<'d, 'a>,
) -> Result<Parent<'d, 'a>, Unfit> {
    let children = table
        .columns_of(&key.columns)
        .ok_or_else(|| (&code::NO_PARENT_TABLE, "one of its columns does not go over".to_owned()))?;
    for (child, parent) in children.iter().zip(&parent.columns) {
        let (from, to) = (&child.map.target_type, &parent.map.target_type);
        if !alike(child, parent) {
            let (child, parent) = (&child.source.name, &parent.source.name);
            let why = format!("numbers of `{child}` and `{parent}` that SQLite holds for equal may be different texts");
            return Err((&code::FOREIGN_KEY_SPELLING, why));
        }
        if !compatible(from, to) {
            return Err((&code::FOREIGN_KEY_TYPES, format!("PostgreSQL does not compare {from} with {to}")));
        }
        let folds = parent.source.collation.is_some() && *to != PgType::Citext;
        if folds && matches!(to, PgType::Text | PgType::Varchar(_) | PgType::Char(_)) {
            let why = format!("`{}` is compared by a collation that PostgreSQL does not have", parent.source.name);
            return Err((&code::KEY_COLLATION, why));
        }
    }
    if !is_tree(parent.table, &parent.columns) {
        let why = format!("the key of `{}` is no B-tree, by rule", parent.table.source.name);
        return Err((&code::PARENT_NOT_UNIQUE, why));
    }
    Ok(parent)
}

/// What is done with orphans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    /// There are none, or they are refused.
    Plain,
    /// They are kept, and the key is not valid.
    Keep,
    /// They go to quarantine.
    Quarantine,
}

fn orphans(
    table: &TableDraft<'_>,
    (number, key): (usize, &SourceForeignKey),
    parent_loses: bool,
    found: &mut Vec<Finding>,
) -> Treatment {
    let rule = table.rule.orphans.unwrap_or_default();
    let treatment = match rule {
        Orphans::Refuse => Treatment::Plain,
        Orphans::NotValid => Treatment::Keep,
        Orphans::Quarantine => Treatment::Quarantine,
    };
    if let Some(seen) = table.evidence.and_then(|evidence| evidence.orphans.get(&number)).filter(|seen| seen.count > 0)
    {
        found.push(orphan_finding(table, key, seen, rule));
        return treatment;
    }
    if parent_loses && rule == Orphans::Refuse {
        let what = format!("rows of `{}` stay behind by rule: rows may lose their parent by", key.parent);
        let found_key = finding(&code::ORPHANS, format!("{what} {}", described(table, key))).table(&table.source.name);
        found.push(found_key.allowed_at_table(of_orphans(false)).done());
    }
    // Rows that refer to quarantined rows become orphans in their turn.
    if parent_loses || treatment == Treatment::Quarantine { treatment } else { Treatment::Plain }
}

fn orphan_finding(table: &TableDraft<'_>, key: &SourceForeignKey, seen: &Seen, rule: Orphans) -> Finding {
    let what = format!("{} rows have no parent by {}", seen.count, described(table, key));
    let found = match rule {
        Orphans::Refuse => {
            let most = table.rows().is_some_and(|rows| seen.count > rows / 2);
            finding(&code::ORPHANS, what).allowed_at_table(of_orphans(most))
        }
        Orphans::NotValid => finding(&code::ORPHANS_KEPT, format!("{what}: kept, and the key is NOT VALID, by rule")),
        Orphans::Quarantine => finding(&code::ORPHANS_KEPT, format!("{what}: they go to quarantine, by rule")),
    };
    found.table(&table.source.name).seen(seen).done()
}

/// The rules that allow orphans. Where most rows are orphans it is the key that is wrong, and the rows stay.
fn of_orphans(most: bool) -> Vec<Keys> {
    let rules = if most { ["not_valid", "quarantine"] } else { ["quarantine", "not_valid"] };
    rules.map(|rule| vec![("orphans", rule.to_owned())]).to_vec()
}

fn described(table: &TableDraft<'_>, key: &SourceForeignKey) -> String {
    let columns: Vec<&str> = key.columns.iter().map(|column| column.as_str()).collect();
    let name = key.name.as_ref().map_or_else(String::new, |name| format!("`{name}` "));
    format!("foreign key {name}`{}`({}) to `{}`", table.source.name, columns.join(", "), key.parent)
}

/// A foreign key without its name.
struct Unnamed {
    object: ForeignKeyObject,
    columns: Vec<ColumnName>,
    tail: String,
}

impl Unnamed {
    fn named(mut self, name: &str) -> ForeignKeyObject {
        let (table, columns) = (self.object.table.quoted(), list(&self.columns));
        self.object.sql =
            format!("ALTER TABLE {table} ADD CONSTRAINT {} FOREIGN KEY ({columns}) {}", quoted(name), self.tail);
        name.clone_into(&mut self.object.name);
        self.object
    }
}

fn object(table: &TableDraft<'_>, key: &SourceForeignKey, parent: &Parent<'_, '_>, not_valid: bool) -> Unnamed {
    let columns = table.columns_of(&key.columns).unwrap_or_default();
    let columns: Vec<ColumnName> = columns.iter().map(|column| column.map.target.clone()).collect();
    let parents: Vec<ColumnName> = parent.columns.iter().map(|column| column.map.target.clone()).collect();
    let mut tail = format!("REFERENCES {}({})", parent.table.target.quoted(), list(&parents));
    for (event, action) in [("DELETE", &key.on_delete), ("UPDATE", &key.on_update)] {
        let action = action.to_ascii_uppercase();
        if ["RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"].contains(&action.as_str()) {
            tail.push_str(&format!(" ON {event} {action}"));
        }
    }
    tail.push_str(if key.deferred { " DEFERRABLE INITIALLY DEFERRED" } else { "" });
    tail.push_str(if not_valid { " NOT VALID" } else { "" });
    let object = ForeignKeyObject {
        table: table.target.clone(),
        name: String::new(),
        sql: String::new(),
        parent: parent.table.target.clone(),
        not_valid,
    };
    Unnamed { object, columns, tail }
}
