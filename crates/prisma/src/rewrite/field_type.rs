//! Changes the type of a field, and of the fields that must have the same.

use super::Edits;
use crate::error::Error;
use crate::schema::{DefaultValue, Field, FieldType, Model, Scalar, Schema};
use crate::source::Span;

impl Schema {
    /// The edits that give a scalar field another scalar type: `BigInt` for an `Int` that holds more than 32 bits,
    /// `Json` for a `String` of JSON text.
    ///
    /// Fields that a relation ties to this one, on either side of it, change too, since Prisma wants both sides of one
    /// type; each is an edit of its own. A native type attribute that the new type cannot have goes. A default must
    /// fit the new type.
    pub fn change_field_type(&self, model: &str, field: &str, new_type: &str) -> Result<Edits, Error> {
        let found = self.model(model).ok_or_else(|| Error::NoModel { model: model.to_owned() })?;
        let first =
            found.field(field).ok_or_else(|| Error::NoField { model: model.to_owned(), field: field.to_owned() })?;
        let scalar =
            Scalar::named(new_type).ok_or_else(|| refusal(found, first, new_type, "it is no scalar type of Prisma"))?;
        let mut edits = Edits::default();
        for (model, field) in self.tied_fields(found, first) {
            self.change_one(model, field, scalar, &mut edits)?;
        }
        Ok(edits)
    }

    /// A field and all those that relations tie to it, so that they have one type: each once, this one first.
    pub fn tied_fields<'a>(&'a self, model: &'a Model, field: &'a Field) -> Vec<(&'a Model, &'a Field)> {
        let mut out = vec![(model, field)];
        let mut done = 0;
        while let Some((model, field)) = out.get(done).copied() {
            done += 1;
            for pair in self.partners(model, field) {
                if !out.iter().any(|known| known.0.name == pair.0.name && known.1.name == pair.1.name) {
                    out.push(pair);
                }
            }
        }
        out
    }

    /// The fields that relations pair directly with this one.
    fn partners<'a>(&'a self, model: &Model, field: &Field) -> Vec<(&'a Model, &'a Field)> {
        let mut out = Vec::new();
        for referring in self.models_and_views() {
            for relation_field in &referring.fields {
                let (Some(relation), FieldType::Model(other)) = (&relation_field.relation, &relation_field.field_type)
                else {
                    continue;
                };
                let Some(other) = self.model(other) else { continue };
                for (from, to) in relation.fields.iter().zip(&relation.references) {
                    if referring.name == model.name && *from == field.name {
                        out.extend(other.field(to).map(|f| (other, f)));
                    }
                    if other.name == model.name && *to == field.name {
                        out.extend(referring.field(from).map(|f| (referring, f)));
                    }
                }
            }
        }
        out
    }

    fn change_one(&self, model: &Model, field: &Field, to: Scalar, edits: &mut Edits) -> Result<(), Error> {
        let Some(from) = field.scalar() else {
            return Err(refusal(model, field, to.name(), "it is no scalar field"));
        };
        if from == to {
            return Ok(());
        }
        if !default_fits(field, to) {
            return Err(refusal(model, field, to.name(), "its default is no value of that type"));
        }
        let what = format!("{}.{}: {} becomes {}", model.name, field.name, from.name(), to.name());
        edits.replace(field.type_span, to.name(), what);
        if let Some(native) = &field.native_type
            && !crate::ddl::is_known_native_type(native, to)
        {
            let what = format!("{}.{}: @db.{} goes", model.name, field.name, native.name);
            edits.replace(self.with_blanks_before(native.span), "", what);
        }
        Ok(())
    }

    fn with_blanks_before(&self, span: Span) -> Span {
        let before = &self.files()[span.file].text[..span.start];
        Span { start: before.trim_end_matches([' ', '\t']).len(), ..span }
    }
}

fn default_fits(field: &Field, to: Scalar) -> bool {
    match (&field.default, to) {
        (None | Some(DefaultValue::DbGenerated(_)), _) | (Some(DefaultValue::Text(_)), Scalar::String) => true,
        (Some(DefaultValue::Text(text)), Scalar::Json) => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
        (Some(DefaultValue::Autoincrement), to) => matches!(to, Scalar::Int | Scalar::BigInt),
        (Some(DefaultValue::Number(number)), Scalar::Int) => number.parse::<i32>().is_ok(),
        (Some(DefaultValue::Number(number)), Scalar::BigInt) => number.parse::<i64>().is_ok(),
        (Some(DefaultValue::Number(_)), to) => matches!(to, Scalar::Float | Scalar::Decimal),
        (Some(DefaultValue::Client(_)), to) => to == Scalar::String,
        (Some(DefaultValue::Now), to) => to == Scalar::DateTime,
        (Some(DefaultValue::Name(_)), to) => to == Scalar::Boolean,
        (Some(DefaultValue::List(_) | DefaultValue::Text(_)), _) => false,
    }
}

fn refusal(model: &Model, field: &Field, type_name: &str, message: &str) -> Error {
    Error::TypeChange {
        at: field.at.clone(),
        field: format!("{}.{}", model.name, field.name),
        type_name: type_name.to_owned(),
        message: message.to_owned(),
    }
}
