//! Reads the arguments of attributes.

use super::model::{Action, IndexAlgorithm, IndexDef, IndexField, IndexKind, PrimaryKeyDef, RelationDef, SortOrder};
use crate::error::Error;
use crate::source::{Place, SourceFile};
use crate::syntax::{Argument, Attribute, Expression, ExpressionKind};

/// An attribute, with what is needed to say where it stands.
pub(super) struct Reader<'a> {
    pub(super) files: &'a [SourceFile],
    pub(super) attribute: &'a Attribute,
    /// `@` or `@@`.
    pub(super) sign: &'static str,
}

impl Reader<'_> {
    /// The only string of `@map("x")` and its like.
    pub(super) fn name(&self) -> Result<String, Error> {
        let value = self.attribute.main("name").ok_or_else(|| self.fail("takes a name"))?;
        value.as_text().map(ToOwned::to_owned).ok_or_else(|| self.fail("takes a string"))
    }

    /// `@id(map: …)`, for the field of this name.
    pub(super) fn field_key(&self, field: &str) -> Result<PrimaryKeyDef, Error> {
        Ok(PrimaryKeyDef { fields: vec![field.to_owned()], map: self.text("map")? })
    }

    /// `@@id([…], map: …)`.
    pub(super) fn model_key(&self) -> Result<PrimaryKeyDef, Error> {
        let fields = self.index_fields()?.into_iter().map(|f| f.name).collect();
        Ok(PrimaryKeyDef { fields, map: self.text("map")? })
    }

    /// `@unique(…)`, on the field of this name.
    pub(super) fn field_unique(&self, field: &str) -> Result<IndexDef, Error> {
        let only = IndexField {
            name: field.to_owned(),
            sort: self.sort(self.attribute.named("sort"))?,
            operator_class: None,
            length: self.attribute.named("length").map(written),
        };
        Ok(IndexDef {
            kind: IndexKind::Unique,
            fields: vec![only],
            map: self.text("map")?,
            algorithm: IndexAlgorithm::BTree,
            at: self.at(),
        })
    }

    /// `@@index`, `@@unique` or `@@fulltext`.
    pub(super) fn index(&self, kind: IndexKind) -> Result<IndexDef, Error> {
        let mut map = self.text("map")?;
        if map.is_none() && kind == IndexKind::Normal {
            // An `@@index` has no name in the client: there, `name` is the older way to write `map`.
            map = self.text("name")?;
        }
        Ok(IndexDef { kind, fields: self.index_fields()?, map, algorithm: self.algorithm()?, at: self.at() })
    }

    /// `@relation(…)`.
    pub(super) fn relation(&self) -> Result<RelationDef, Error> {
        let name = match self.attribute.main("name") {
            None => None,
            Some(value) => Some(value.as_text().ok_or_else(|| self.fail("has a name that is no string"))?.to_owned()),
        };
        Ok(RelationDef {
            name,
            fields: self.names("fields")?,
            references: self.names("references")?,
            on_delete: self.action("onDelete")?,
            on_update: self.action("onUpdate")?,
            map: self.text("map")?,
        })
    }

    fn index_fields(&self) -> Result<Vec<IndexField>, Error> {
        let value = self.attribute.main("fields").ok_or_else(|| self.fail("takes a list of fields"))?;
        value.items().iter().map(|item| self.index_field(item)).collect()
    }

    fn index_field(&self, item: &Expression) -> Result<IndexField, Error> {
        match &item.kind {
            ExpressionKind::Name(name) => {
                Ok(IndexField { name: name.clone(), sort: None, operator_class: None, length: None })
            }
            ExpressionKind::Call(name, arguments) => Ok(IndexField {
                name: name.clone(),
                sort: self.sort(named(arguments, "sort"))?,
                operator_class: named(arguments, "ops").map(|value| self.operator_class(value)).transpose()?,
                length: named(arguments, "length").map(written),
            }),
            _ => Err(self.fail("takes field names")),
        }
    }

    fn sort(&self, value: Option<&Expression>) -> Result<Option<SortOrder>, Error> {
        match value.map(Expression::as_name) {
            None => Ok(None),
            Some(Some("Asc")) => Ok(Some(SortOrder::Asc)),
            Some(Some("Desc")) => Ok(Some(SortOrder::Desc)),
            Some(_) => Err(self.fail("has a sort that is neither Asc nor Desc")),
        }
    }

    fn operator_class(&self, value: &Expression) -> Result<String, Error> {
        match &value.kind {
            ExpressionKind::Name(name) => {
                operator_class(name).ok_or_else(|| self.fail("has an operator class that Prisma does not know"))
            }
            ExpressionKind::Call(name, arguments) if name == "raw" => {
                let text = arguments.first().and_then(|a| a.value.as_text());
                text.map(ToOwned::to_owned).ok_or_else(|| self.fail("has `raw()` without a string"))
            }
            _ => Err(self.fail("has an operator class that is no name")),
        }
    }

    fn algorithm(&self) -> Result<IndexAlgorithm, Error> {
        match self.attribute.named("type").map(Expression::as_name) {
            None | Some(Some("BTree")) => Ok(IndexAlgorithm::BTree),
            Some(Some("Hash")) => Ok(IndexAlgorithm::Hash),
            Some(Some("Gist")) => Ok(IndexAlgorithm::Gist),
            Some(Some("Gin")) => Ok(IndexAlgorithm::Gin),
            Some(Some("SpGist")) => Ok(IndexAlgorithm::SpGist),
            Some(Some("Brin")) => Ok(IndexAlgorithm::Brin),
            Some(_) => Err(self.fail("has an unknown index type")),
        }
    }

    fn action(&self, argument: &str) -> Result<Option<Action>, Error> {
        match self.attribute.named(argument).map(Expression::as_name) {
            None => Ok(None),
            Some(Some("Cascade")) => Ok(Some(Action::Cascade)),
            Some(Some("Restrict")) => Ok(Some(Action::Restrict)),
            Some(Some("NoAction")) => Ok(Some(Action::NoAction)),
            Some(Some("SetNull")) => Ok(Some(Action::SetNull)),
            Some(Some("SetDefault")) => Ok(Some(Action::SetDefault)),
            Some(_) => Err(self.fail("has an unknown referential action")),
        }
    }

    fn names(&self, argument: &str) -> Result<Vec<String>, Error> {
        let Some(value) = self.attribute.named(argument) else { return Ok(Vec::new()) };
        let name = |item: &Expression| {
            item.as_name().map(ToOwned::to_owned).ok_or_else(|| self.fail("takes field names in its lists"))
        };
        value.items().iter().map(name).collect()
    }

    fn text(&self, argument: &str) -> Result<Option<String>, Error> {
        match self.attribute.named(argument) {
            None => Ok(None),
            Some(value) => match value.as_text() {
                Some(text) if !text.is_empty() => Ok(Some(text.to_owned())),
                _ => Err(self.fail("has a name that is empty or no string")),
            },
        }
    }

    fn at(&self) -> Place {
        Place::of(&self.files[self.attribute.span.file], self.attribute.span.start)
    }

    pub(super) fn fail(&self, message: &str) -> Error {
        let attribute = format!("{}{}", self.sign, self.attribute.name);
        Error::Attribute { at: self.at(), attribute, message: message.to_owned() }
    }
}

fn named<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Expression> {
    arguments.iter().find(|a| a.name.as_ref().is_some_and(|n| n.name == name)).map(|a| &a.value)
}

/// A number or name as it was written.
pub(super) fn written(value: &Expression) -> String {
    match &value.kind {
        ExpressionKind::Number(text) | ExpressionKind::Name(text) | ExpressionKind::Text(text) => text.clone(),
        ExpressionKind::List(_) | ExpressionKind::Call(..) => String::new(),
    }
}

/// `TimestampMinMaxMultiOps` is `timestamp_minmax_multi_ops`: a type, then a kind, in one word each.
fn operator_class(name: &str) -> Option<String> {
    const KINDS: [(&str, &str); 6] = [
        ("MinMaxMulti", "_minmax_multi"),
        ("MinMax", "_minmax"),
        ("Bloom", "_bloom"),
        ("Inclusion", "_inclusion"),
        ("Path", "_path"),
        ("", ""),
    ];
    const TYPES: [&str; 20] = [
        "inet",
        "jsonb",
        "array",
        "text",
        "bit",
        "varbit",
        "bpchar",
        "bytea",
        "date",
        "float4",
        "float8",
        "int2",
        "int4",
        "int8",
        "numeric",
        "oid",
        "timestamp",
        "timestamptz",
        "time",
        "timetz",
    ];
    let stem = name.strip_suffix("Ops")?;
    let (kind, sql) = KINDS.iter().find(|(kind, _)| stem.ends_with(kind))?;
    let base = stem.strip_suffix(kind)?.to_ascii_lowercase();
    (TYPES.contains(&base.as_str()) || base == "uuid").then(|| format!("{base}{sql}_ops"))
}
