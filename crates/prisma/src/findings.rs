//! What the owner of a schema should know before it goes to PostgreSQL.

use std::collections::HashMap;

use serde::Serialize;

use crate::ddl::{Ddl, Flavor, IDENTIFIER_BYTES_MAX, is_known_native_type, join_table_name, postgres_ddl};
use crate::schema::{BlockKind, DefaultValue, Field, FieldType, IndexKind, Model, Relation, Schema, relations};
use crate::source::Place;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Severity {
    /// Right as it is, worth a look.
    Note,
    /// It would fail in PostgreSQL, or in Prisma for it.
    Blocker,
}

/// Something in a schema that PostgreSQL takes differently or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where it stands; for names that only the database has, where their model does.
    pub at: Place,
    /// What it is: `Model.field`, `Model` or a name.
    pub thing: String,
    /// What is the matter, to be read after the thing.
    pub message: String,
}

impl Schema {
    /// What stands between this schema and PostgreSQL, in the order of the schema.
    pub fn postgres_findings(&self) -> Vec<Finding> {
        let mut findings = Findings { schema: self, out: Vec::new() };
        findings.blocks();
        for model in self.models() {
            findings.model(model);
        }
        match postgres_ddl(self, Flavor::default()) {
            Ok(ddl) => findings.names(&ddl),
            Err(error) => findings.refusal(&error),
        }
        findings.out
    }
}

struct Findings<'a> {
    schema: &'a Schema,
    out: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, severity: Severity, at: &Place, thing: impl Into<String>, message: impl Into<String>) {
        self.out.push(Finding { severity, at: at.clone(), thing: thing.into(), message: message.into() });
    }

    fn blocks(&mut self) {
        for block in self.schema.blocks().into_iter().filter(|b| b.kind == BlockKind::Type) {
            self.add(Severity::Blocker, &block.at, block.name, "is a composite type, which only MongoDB has");
        }
        for view in self.schema.models_and_views().iter().filter(|m| m.is_view) {
            self.add(
                Severity::Note,
                &view.at,
                &view.name,
                "is a view: Prisma does not create it, its SQL must be moved by hand",
            );
        }
        let Some(datasource) = self.schema.datasource() else { return };
        if datasource.keeps_relations_in_client() {
            let message = "is `prisma`: the database gets no foreign keys";
            self.add(Severity::Note, &datasource.at, "relationMode", message);
        }
    }

    fn model(&mut self, model: &Model) {
        for field in model.columns() {
            self.field(model, field);
        }
        for index in &model.indexes {
            let fields = index.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
            let thing = format!("{}([{fields}])", model.name);
            if index.kind == IndexKind::Fulltext {
                self.add(
                    Severity::Blocker,
                    &index.at,
                    &thing,
                    "is a full text index, which Prisma has for MySQL and MongoDB only",
                );
            }
            if index.fields.iter().any(|f| f.length.is_some()) {
                self.add(Severity::Blocker, &index.at, &thing, "has a `length`, which only MySQL has");
            }
        }
    }

    fn field(&mut self, model: &Model, field: &Field) {
        let thing = format!("{}.{}", model.name, field.name);
        if let FieldType::Unsupported(name) = &field.field_type {
            let message = format!("has the database's own type `{name}`: PostgreSQL must know it by this name");
            self.add(Severity::Note, &field.at, &thing, message);
        }
        if let Some(DefaultValue::DbGenerated(Some(_))) = &field.default {
            let message = "has a default in SQL, which was written for another database";
            self.add(Severity::Note, &field.at, &thing, message);
        }
        if let (Some(native), Some(scalar)) = (&field.native_type, field.scalar())
            && !is_known_native_type(native, scalar)
        {
            let message = format!("has the native type `{}`, which PostgreSQL does not have", native.name);
            self.add(Severity::Blocker, &field.at, &thing, message);
        }
    }

    /// PostgreSQL cuts names after 63 bytes; tables, indexes and types of a schema share their names.
    fn names(&mut self, ddl: &Ddl) {
        let mut seen: HashMap<(Option<&str>, &str), &str> = HashMap::new();
        let enums = ddl.enums.iter().map(|e| (e.schema.as_deref(), e.name.as_str(), "enum", e.enum_name.as_str()));
        let tables = ddl.tables.iter().map(|t| (t.schema.as_deref(), t.name.as_str(), "table", t.name.as_str()));
        let indexes = ddl.indexes.iter().map(|i| (i.schema.as_deref(), i.name.as_str(), "index", i.table.as_str()));
        let keys = ddl.tables.iter().filter_map(|t| Some((t, t.primary_key.as_ref()?)));
        let keys = keys.map(|(t, key)| (t.schema.as_deref(), key.name.as_str(), "primary key", t.name.as_str()));
        for (schema, name, kind, owner) in enums.chain(tables).chain(keys).chain(indexes) {
            let at = self.place_of(owner);
            if name.len() > IDENTIFIER_BYTES_MAX {
                self.add(
                    Severity::Blocker,
                    &at,
                    name,
                    format!("is a name of {} bytes, and PostgreSQL takes 63", name.len()),
                );
            }
            if let Some(other) = seen.insert((schema, name), kind) {
                self.add(Severity::Blocker, &at, name, format!("is the name of this {kind} and of another {other}"));
            }
        }
        let columns = ddl.tables.iter().flat_map(|t| t.columns.iter().map(move |c| (t, c)));
        for (table, column) in columns.filter(|(_, c)| c.name.len() > IDENTIFIER_BYTES_MAX) {
            let at = self.place_of(&table.name);
            let message = format!("is a column name of {} bytes, and PostgreSQL takes 63", column.name.len());
            self.add(Severity::Blocker, &at, &column.name, message);
        }
    }

    /// Where the model of a table, the enum, or the relation of a join table stands.
    fn place_of(&self, owner: &str) -> Place {
        let model = || self.schema.table(owner).map(|m| m.at.clone());
        let enumeration = || self.schema.enumeration(owner).map(|e| e.at.clone());
        let joined = || {
            relations(self.schema).unwrap_or_default().into_iter().find_map(|relation| match relation {
                Relation::Join(join) if join_table_name(&join.name()) == owner => Some(join.field_a.at.clone()),
                _ => None,
            })
        };
        model().or_else(enumeration).or_else(joined).unwrap_or_else(|| self.first_place())
    }

    fn first_place(&self) -> Place {
        self.schema.blocks().into_iter().next().map_or(Place { file: String::new(), line: 1, column: 1 }, |b| b.at)
    }

    fn refusal(&mut self, error: &crate::Error) {
        if self.out.iter().any(|f| f.severity == Severity::Blocker) {
            return;
        }
        let at = self.first_place();
        self.add(Severity::Blocker, &at, "the schema", format!("cannot be brought to PostgreSQL: {error}"));
    }
}

#[cfg(test)]
mod tests;
