//! Finds the two sides of each relation, by Prisma's own rules and in its order.

use super::Schema;
use super::model::{Arity, Field, FieldType, Model, RelationDef};
use crate::error::Error;

/// A relation as the database will have it.
pub(crate) enum Relation<'a> {
    Inline(InlineRelation<'a>),
    Join(JoinRelation<'a>),
}

/// One to one or one to many: a foreign key in `model`.
pub(crate) struct InlineRelation<'a> {
    pub(crate) model: &'a Model,
    pub(crate) field: &'a Field,
    pub(crate) other: &'a Model,
    pub(crate) definition: &'a RelationDef,
}

/// Implicit many to many: a table between the two.
pub(crate) struct JoinRelation<'a> {
    /// Of the two models the first by name; of a model with itself, the field that is first by name.
    pub(crate) model_a: &'a Model,
    pub(crate) field_a: &'a Field,
    pub(crate) model_b: &'a Model,
}

impl JoinRelation<'_> {
    /// The relation's name: the one given, or made from the models.
    pub(crate) fn name(&self) -> String {
        match self.field_a.relation.as_ref().and_then(|r| r.name.as_ref()) {
            Some(name) => name.clone(),
            None => format!("{}To{}", self.model_a.name, self.model_b.name),
        }
    }
}

/// All relations that need something in the database, in Prisma's order: models, then their fields, each relation at
/// the side that defines it. Relations with a view are left out.
pub(crate) fn relations(schema: &Schema) -> Result<Vec<Relation<'_>>, Error> {
    let mut out = Vec::new();
    for model in schema.models_and_views() {
        for field in &model.fields {
            let FieldType::Model(other) = &field.field_type else { continue };
            let Some(other) = schema.model(other) else { continue };
            if model.is_view || other.is_view {
                continue;
            }
            out.extend(relation(model, field, other)?);
        }
    }
    Ok(out)
}

/// The relation that begins at this field, or none where it is the far side of one.
fn relation<'a>(model: &'a Model, field: &'a Field, other: &'a Model) -> Result<Option<Relation<'a>>, Error> {
    let opposite = opposite(model, field, other);
    let holds_key = |f: &Field| f.relation.as_ref().is_some_and(|r| !r.fields.is_empty());
    let comes_first = |far: &Field| (&model.name, &field.name) <= (&other.name, &far.name);
    match (field.arity, opposite) {
        (Arity::List, Some(far)) if far.arity == Arity::List => {
            let is_first = match model.name.cmp(&other.name) {
                std::cmp::Ordering::Equal => field.name <= far.name,
                order => order.is_lt(),
            };
            let join = JoinRelation { model_a: model, field_a: field, model_b: other };
            Ok(is_first.then_some(Relation::Join(join)))
        }
        (Arity::List, _) => Ok(None),
        (Arity::Optional, Some(far)) if far.arity == Arity::Required => Ok(None),
        (Arity::Optional, Some(far)) if far.arity == Arity::Optional && !holds_key(field) => {
            if holds_key(far) || !comes_first(far) { Ok(None) } else { Err(keyless(model, field)) }
        }
        (Arity::Required, Some(far)) if far.arity == Arity::Required && !holds_key(field) && holds_key(far) => Ok(None),
        _ if holds_key(field) => inline(model, field, other).map(Some),
        _ => Err(keyless(model, field)),
    }
}

fn opposite<'a>(model: &Model, field: &Field, other: &'a Model) -> Option<&'a Field> {
    let name = |f: &Field| f.relation.as_ref().and_then(|r| r.name.clone());
    let own_name = name(field);
    other.fields.iter().find(|far| {
        let leads_back = matches!(&far.field_type, FieldType::Model(target) if *target == model.name);
        let is_itself = model.name == other.name && far.name == field.name;
        leads_back && !is_itself && name(far) == own_name
    })
}

fn inline<'a>(model: &'a Model, field: &'a Field, other: &'a Model) -> Result<Relation<'a>, Error> {
    let Some(definition) = &field.relation else { return Err(keyless(model, field)) };
    if definition.fields.len() != definition.references.len() {
        return Err(Error::Relation {
            at: field.at.clone(),
            field: format!("{}.{}", model.name, field.name),
            message: "has not as many `references` as `fields`".to_owned(),
        });
    }
    Ok(Relation::Inline(InlineRelation { model, field, other, definition }))
}

fn keyless(model: &Model, field: &Field) -> Error {
    Error::Relation {
        at: field.at.clone(),
        field: format!("{}.{}", model.name, field.name),
        message: "holds no key: no side of it has `fields` and `references`".to_owned(),
    }
}
