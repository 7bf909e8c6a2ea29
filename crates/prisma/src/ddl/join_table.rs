//! Tables of implicit many-to-many relations.

use super::column::Column;
use super::foreign_key::ForeignKey;
use super::index::{Index, IndexColumn};
use super::table::{PrimaryKey, Table};
use super::{Flavor, names};
use crate::error::Error;
use crate::schema::{Action, Arity, IndexAlgorithm, JoinRelation, Model};

/// A join table with what belongs to it.
pub(super) struct JoinTable {
    pub(super) table: Table,
    pub(super) indexes: Vec<Index>,
    pub(super) foreign_keys: Vec<ForeignKey>,
}

/// Builds it from the tables of the two models, which have the columns that its own are of the type of.
pub(super) fn join_table(relation: &JoinRelation<'_>, tables: &[Table], flavor: Flavor) -> Result<JoinTable, Error> {
    let name = names::join_table(&relation.name());
    let schema = table_of(tables, relation.model_a).and_then(|t| t.schema.clone());
    let both = ["A", "B"].map(ToOwned::to_owned).to_vec();
    let sides = [('A', relation.model_a), ('B', relation.model_b)];
    let mut columns = Vec::new();
    let mut foreign_keys = Vec::new();
    for (side, model) in sides {
        let (key, other) = key_of(relation, tables, model)?;
        columns.push(Column {
            name: side.to_string(),
            field: None,
            is_autoincrement: false,
            is_updated_at: false,
            default: None,
            arity: Arity::Required,
            ..key.clone()
        });
        foreign_keys.push(ForeignKey {
            schema: schema.clone(),
            table: name.clone(),
            name: names::join_foreign_key(&name, side),
            columns: vec![side.to_string()],
            referenced_schema: other.schema.clone(),
            referenced_table: other.name.clone(),
            referenced_columns: vec![key.name.clone()],
            on_delete: Action::Cascade,
            on_update: Action::Cascade,
        });
    }
    let index = |index_name: String, is_unique: bool, columns: &[String]| Index {
        schema: schema.clone(),
        table: name.clone(),
        name: index_name,
        is_unique,
        algorithm: IndexAlgorithm::BTree,
        columns: columns.iter().map(|c| IndexColumn { name: c.clone(), operator_class: None, sort: None }).collect(),
    };
    let mut indexes = Vec::new();
    let primary_key = if flavor == Flavor::Five {
        indexes.push(index(names::join_unique(&name), true, &both));
        None
    } else {
        Some(PrimaryKey { name: names::join_key(&name), columns: both.clone() })
    };
    indexes.push(index(names::join_index(&name), false, &both[1..]));
    let table = Table { schema: schema.clone(), name: name.clone(), model: None, columns, primary_key };
    Ok(JoinTable { table, indexes, foreign_keys })
}

fn table_of<'a>(tables: &'a [Table], model: &Model) -> Option<&'a Table> {
    tables.iter().find(|t| t.model.as_deref() == Some(&model.name))
}

/// The one column of a model's primary key, which a join table refers to, and the model's table.
fn key_of<'a>(
    relation: &JoinRelation<'_>,
    tables: &'a [Table],
    model: &Model,
) -> Result<(&'a Column, &'a Table), Error> {
    let found = table_of(tables, model).and_then(|table| match table.primary_key.as_ref()?.columns.as_slice() {
        [only] => Some((table.columns.iter().find(|c| c.name == *only)?, table)),
        _ => None,
    });
    found.ok_or_else(|| Error::Relation {
        at: relation.field_a.at.clone(),
        field: format!("{}.{}", relation.model_a.name, relation.field_a.name),
        message: format!("is many to many, but `{}` has no `@id` of a single field", model.name),
    })
}
