//! Builds the DDL from the schema, in the order of Prisma's engine.

use std::collections::BTreeSet;

use super::column::{Column, ColumnType};
use super::foreign_key::ForeignKey;
use super::index::{Index, IndexColumn};
use super::join_table::join_table;
use super::namespace::{DEFAULT, EnumType, Extension, Namespace};
use super::table::{PrimaryKey, Table};
use super::{Ddl, Flavor, default_value, names, native_type};
use crate::error::Error;
use crate::schema::{
    Action, Arity, Datasource, Enum, Field, FieldType, IndexDef, IndexKind, InlineRelation, JoinRelation, Model,
    Relation, Schema, relations,
};

/// The DDL of a schema for PostgreSQL, whatever provider its datasource names at present.
///
/// Equal to what `prisma migrate diff --from-empty --to-schema-datamodel … --script` gives for the schema with the
/// provider `postgresql`. Fails where Prisma has no PostgreSQL form for something, or a default or relation is
/// invalid.
pub fn postgres_ddl(schema: &Schema, flavor: Flavor) -> Result<Ddl, Error> {
    let builder = Builder { schema, flavor };
    let mut ddl = Ddl {
        namespaces: builder.namespaces(),
        extensions: builder.extensions(),
        enums: schema.enums().iter().map(|e| builder.enumeration(e)).collect(),
        tables: Vec::new(),
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
    };
    for model in schema.models() {
        ddl.tables.push(builder.table(model)?);
        for index in &model.indexes {
            ddl.indexes.push(builder.index(model, index)?);
        }
    }
    let relations = relations(schema)?;
    let has_foreign_keys = !schema.datasource().is_some_and(Datasource::keeps_relations_in_client);
    for relation in &relations {
        if let (Relation::Inline(inline), true) = (relation, has_foreign_keys) {
            ddl.foreign_keys.push(builder.foreign_key(inline));
        }
    }
    // Join tables come after all models, their foreign keys after all others.
    for relation in &relations {
        if let Relation::Join(join) = relation {
            let built = join_table(join, &ddl.tables, flavor)?;
            if ddl.tables.iter().any(|t| t.name == built.table.name && t.schema == built.table.schema) {
                return Err(name_taken(join, &built.table.name));
            }
            ddl.tables.push(built.table);
            ddl.indexes.extend(built.indexes);
            ddl.foreign_keys.extend(built.foreign_keys.into_iter().filter(|_| has_foreign_keys));
        }
    }
    Ok(ddl)
}

struct Builder<'a> {
    schema: &'a Schema,
    flavor: Flavor,
}

impl Builder<'_> {
    /// The database schemas that hold something, by name.
    fn namespaces(&self) -> Vec<Namespace> {
        let has_schemas = self.schema.datasource().is_some_and(|d| !d.schemas.is_empty());
        if !self.flavor.creates_schemas(has_schemas) {
            return Vec::new();
        }
        let models = self.schema.models().map(|m| m.schema.as_deref());
        let enums = self.schema.enums().iter().map(|e| e.schema.as_deref());
        let used: BTreeSet<&str> = models.chain(enums).map(|given| given.unwrap_or(DEFAULT)).collect();
        used.into_iter().map(|name| Namespace { name: name.to_owned() }).collect()
    }

    /// The extensions, by their names in the schema.
    fn extensions(&self) -> Vec<Extension> {
        let mut settings = self.schema.datasource().map(|d| d.extensions.clone()).unwrap_or_default();
        settings.sort_by(|a, b| a.name.cmp(&b.name));
        let extension = |s: crate::schema::ExtensionSetting| Extension {
            name: s.map.unwrap_or(s.name),
            schema: s.schema,
            version: s.version,
        };
        settings.into_iter().map(extension).collect()
    }

    fn enumeration(&self, source: &Enum) -> EnumType {
        EnumType {
            schema: self.flavor.prefix(source.schema.as_deref()),
            name: source.db_name.clone(),
            values: source.values.iter().map(|v| v.db_name.clone()).collect(),
            enum_name: source.name.clone(),
        }
    }

    fn table(&self, model: &Model) -> Result<Table, Error> {
        let columns = model.columns().map(|field| self.column(model, field)).collect::<Result<_, _>>()?;
        let primary_key = model.primary_key.as_ref().map(|key| PrimaryKey {
            name: key.map.clone().unwrap_or_else(|| names::primary_key(&model.table)),
            columns: key.fields.iter().map(|name| column_name(model, name)).collect(),
        });
        Ok(Table {
            schema: self.flavor.prefix(model.schema.as_deref()),
            name: model.table.clone(),
            model: Some(model.name.clone()),
            columns,
            primary_key,
        })
    }

    fn column(&self, model: &Model, field: &Field) -> Result<Column, Error> {
        let (column_type, default) = match &field.field_type {
            FieldType::Scalar(scalar) => (
                ColumnType::Native(native_type::column_type(model, field, *scalar)?),
                default_value::of_scalar(model, field, *scalar)?,
            ),
            FieldType::Enum(name) => self.enum_column(model, field, name)?,
            FieldType::Unsupported(name) => (ColumnType::Native(name.clone()), default_value::of_unsupported(field)),
            FieldType::Composite(name) | FieldType::Model(name) => {
                return Err(not_for_postgres(model, field, &format!("`{name}` is no type of a column")));
            }
        };
        Ok(Column {
            name: field.column.clone(),
            field: Some(field.name.clone()),
            field_type: field.field_type.clone(),
            column_type,
            arity: field.arity,
            is_autoincrement: field.is_autoincrement(),
            is_updated_at: field.is_updated_at,
            default,
        })
    }

    fn enum_column(
        &self,
        model: &Model,
        field: &Field,
        name: &str,
    ) -> Result<(ColumnType, Option<super::SqlDefault>), Error> {
        let Some(values) = self.schema.enumeration(name) else {
            return Err(not_for_postgres(model, field, &format!("the enum `{name}` is not there")));
        };
        let schema = self.flavor.prefix(values.schema.as_deref());
        let column_type = ColumnType::Enum { schema, name: values.db_name.clone() };
        Ok((column_type, default_value::of_enum(model, field, values)?))
    }

    fn index(&self, model: &Model, index: &IndexDef) -> Result<Index, Error> {
        if index.kind == IndexKind::Fulltext || index.fields.iter().any(|f| f.name.contains('.')) {
            return Err(Error::NotForPostgres {
                at: index.at.clone(),
                thing: format!("index of {}", model.name),
                message: "Prisma has this index for MySQL and MongoDB only".to_owned(),
            });
        }
        let columns: Vec<IndexColumn> = index
            .fields
            .iter()
            .map(|f| IndexColumn {
                name: column_name(model, &f.name),
                operator_class: f.operator_class.clone(),
                sort: f.sort,
            })
            .collect();
        let is_unique = index.kind == IndexKind::Unique;
        let column_names = columns.iter().map(|c| c.name.as_str());
        let name = match &index.map {
            Some(name) => name.clone(),
            None if is_unique => names::unique(&model.table, column_names),
            None => names::index(&model.table, column_names),
        };
        Ok(Index {
            schema: self.flavor.prefix(model.schema.as_deref()),
            table: model.table.clone(),
            name,
            is_unique,
            algorithm: index.algorithm,
            columns,
        })
    }

    fn foreign_key(&self, relation: &InlineRelation<'_>) -> ForeignKey {
        let InlineRelation { model, field, other, definition } = relation;
        let columns: Vec<String> = definition.fields.iter().map(|name| column_name(model, name)).collect();
        let name = match &definition.map {
            Some(name) => name.clone(),
            None => names::foreign_key(&model.table, columns.iter().map(String::as_str)),
        };
        let is_required = field.arity == Arity::Required
            || definition.fields.iter().any(|n| model.field(n).is_some_and(|f| f.arity == Arity::Required));
        let on_delete_default = if is_required { Action::Restrict } else { Action::SetNull };
        ForeignKey {
            schema: self.flavor.prefix(model.schema.as_deref()),
            table: model.table.clone(),
            name,
            columns,
            referenced_schema: self.flavor.prefix(other.schema.as_deref()),
            referenced_table: other.table.clone(),
            referenced_columns: definition.references.iter().map(|name| column_name(other, name)).collect(),
            on_delete: definition.on_delete.unwrap_or(on_delete_default),
            on_update: definition.on_update.unwrap_or(Action::Cascade),
        }
    }
}

/// The column of a field; that the field is there was checked when the schema was read.
fn column_name(model: &Model, field: &str) -> String {
    model.field(field).map_or_else(|| field.to_owned(), |f| f.column.clone())
}

/// SQLite keeps the names of join tables whole; cut to what PostgreSQL takes, two can become one.
fn name_taken(relation: &JoinRelation<'_>, name: &str) -> Error {
    Error::Relation {
        at: relation.field_a.at.clone(),
        field: format!("{}.{}", relation.model_a.name, relation.field_a.name),
        message: format!("needs a join table named `{name}`, which another table has"),
    }
}

fn not_for_postgres(model: &Model, field: &Field, message: &str) -> Error {
    Error::NotForPostgres {
        at: field.at.clone(),
        thing: format!("{}.{}", model.name, field.name),
        message: message.to_owned(),
    }
}
