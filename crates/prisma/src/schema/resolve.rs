//! From the tree of blocks to what they mean.

use std::collections::HashMap;

use super::Schema;
use super::attributes::{Reader, written};
use super::configuration::{Datasource, ExtensionSetting, Generator, Setting};
use super::default_value::DefaultValue;
use super::model::{Arity, Enum, EnumValue, Field, FieldType, IndexKind, Model, NativeType, RelationDef};
use super::scalar::Scalar;
use crate::error::Error;
use crate::source::{Place, SourceFile, Span};
use crate::syntax::{
    Attribute, Block, BlockKind, Expression, ExpressionKind, FieldNode, Ident, Member, TypeArity, ValueNode,
};

pub(super) fn resolve(files: Vec<SourceFile>, blocks: Vec<Block>) -> Result<Schema, Error> {
    let context = Context { files: &files, kinds: kinds(&files, &blocks)? };
    let (mut datasources, mut generators) = (Vec::new(), Vec::new());
    let (mut models, mut enums) = (Vec::new(), Vec::new());
    for block in &blocks {
        match block.kind {
            BlockKind::Datasource => datasources.push(context.datasource(block)),
            BlockKind::Generator => generators.push(context.generator(block)),
            BlockKind::Model | BlockKind::View => models.push(context.model(block)?),
            BlockKind::Enum => enums.push(context.enumeration(block)?),
            BlockKind::Type => {}
        }
    }
    let schema = Schema { files: Vec::new(), blocks: Vec::new(), datasources, generators, models, enums };
    check_fields_exist(&schema)?;
    Ok(Schema { files, blocks, ..schema })
}

/// What each named type of the schema is. Datasources and generators have names of their own.
fn kinds(files: &[SourceFile], blocks: &[Block]) -> Result<HashMap<String, BlockKind>, Error> {
    let mut out = HashMap::new();
    for block in blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Datasource | BlockKind::Generator)) {
        if out.insert(block.name.name.clone(), block.kind).is_some() {
            let at = Place::of(&files[block.name.span.file], block.name.span.start);
            return Err(Error::Duplicate { at, name: block.name.name.clone() });
        }
    }
    Ok(out)
}

/// Keys, indexes and relations must name fields that are there.
fn check_fields_exist(schema: &Schema) -> Result<(), Error> {
    let missing = |at: &Place, attribute: &str, model: &str, field: &str| Error::Attribute {
        at: at.clone(),
        attribute: attribute.to_owned(),
        message: format!("names the field `{field}`, which is no column of `{model}`"),
    };
    let is_column = |model: &Model, name: &str| model.columns().any(|f| f.name == name);
    for model in &schema.models {
        for name in model.primary_key.iter().flat_map(|k| &k.fields) {
            if !is_column(model, name) {
                return Err(missing(&model.at, "@@id", &model.name, name));
            }
        }
        for index in &model.indexes {
            // A dot leads into a composite type, which PostgreSQL refuses later by name.
            if let Some(field) = index.fields.iter().find(|f| !f.name.contains('.') && !is_column(model, &f.name)) {
                return Err(missing(&index.at, "index", &model.name, &field.name));
            }
        }
        for field in &model.fields {
            let (Some(relation), FieldType::Model(other)) = (&field.relation, &field.field_type) else { continue };
            if let Some(name) = relation.fields.iter().find(|name| !is_column(model, name)) {
                return Err(missing(&field.at, "@relation", &model.name, name));
            }
            let Some(other) = schema.model(other) else { continue };
            if let Some(name) = relation.references.iter().find(|name| !is_column(other, name)) {
                return Err(missing(&field.at, "@relation", &other.name, name));
            }
        }
    }
    Ok(())
}

struct Context<'a> {
    files: &'a [SourceFile],
    kinds: HashMap<String, BlockKind>,
}

impl Context<'_> {
    fn datasource(&self, block: &Block) -> Datasource {
        let text = |key: &str| setting(block, key).and_then(Expression::as_text).map(ToOwned::to_owned);
        Datasource {
            name: block.name.name.clone(),
            provider: setting(block, "provider").map(Setting::read),
            url: setting(block, "url").map(Setting::read),
            relation_mode: text("relationMode").or_else(|| text("referentialIntegrity")),
            schemas: texts(block, "schemas"),
            extensions: setting(block, "extensions").map(extensions).unwrap_or_default(),
            at: self.place(block.span),
            span: block.span,
        }
    }

    fn generator(&self, block: &Block) -> Generator {
        Generator {
            name: block.name.name.clone(),
            provider: setting(block, "provider").map(Setting::read),
            output: setting(block, "output").map(Setting::read),
            engine_type: setting(block, "engineType").map(Setting::read),
            preview_features: texts(block, "previewFeatures"),
            at: self.place(block.span),
        }
    }

    fn enumeration(&self, block: &Block) -> Result<Enum, Error> {
        let mut out = Enum {
            name: block.name.name.clone(),
            db_name: block.name.name.clone(),
            schema: None,
            values: Vec::new(),
            at: self.place(block.span),
        };
        for member in &block.members {
            match member {
                Member::Value(value) => out.values.push(self.enum_value(value)?),
                Member::Attribute(attribute) if attribute.name == "map" => {
                    out.db_name = self.block(attribute).name()?;
                }
                Member::Attribute(attribute) if attribute.name == "schema" => {
                    out.schema = Some(self.block(attribute).name()?);
                }
                _ => {}
            }
        }
        Ok(out)
    }

    fn enum_value(&self, node: &ValueNode) -> Result<EnumValue, Error> {
        let map = node.attributes.iter().find(|a| a.name == "map");
        let db_name = map.map(|a| self.on_field(a).name()).transpose()?.unwrap_or_else(|| node.name.name.clone());
        Ok(EnumValue { name: node.name.name.clone(), db_name })
    }

    fn model(&self, block: &Block) -> Result<Model, Error> {
        let mut model = Model {
            name: block.name.name.clone(),
            table: block.name.name.clone(),
            schema: None,
            fields: Vec::new(),
            primary_key: None,
            indexes: Vec::new(),
            ignored: false,
            is_view: block.kind == BlockKind::View,
            at: self.place(block.span),
        };
        for member in &block.members {
            if let Member::Field(node) = member {
                self.field(&mut model, node)?;
            }
        }
        let attributes =
            || block.members.iter().filter_map(|m| if let Member::Attribute(a) = m { Some(a) } else { None });
        for attribute in attributes() {
            let reader = self.block(attribute);
            match attribute.name.as_str() {
                "map" => model.table = reader.name()?,
                "schema" => model.schema = Some(reader.name()?),
                "ignore" => model.ignored = true,
                "id" => model.primary_key = Some(reader.model_key()?),
                _ => {}
            }
        }
        // The order of Prisma: all @@index, then all @@unique, then all @@fulltext.
        for (name, kind) in
            [("index", IndexKind::Normal), ("unique", IndexKind::Unique), ("fulltext", IndexKind::Fulltext)]
        {
            for attribute in attributes().filter(|a| a.name == name) {
                model.indexes.push(self.block(attribute).index(kind)?);
            }
        }
        Ok(model)
    }

    fn field(&self, model: &mut Model, node: &FieldNode) -> Result<(), Error> {
        if model.fields.iter().any(|f| f.name == node.name.name) {
            return Err(Error::Duplicate { at: self.place(node.name.span), name: node.name.name.clone() });
        }
        let mut field = Field {
            name: node.name.name.clone(),
            column: node.name.name.clone(),
            field_type: self.field_type(&model.name, node)?,
            arity: match node.type_node.arity {
                TypeArity::Required => Arity::Required,
                TypeArity::Optional => Arity::Optional,
                TypeArity::List => Arity::List,
            },
            default: None,
            is_updated_at: false,
            ignored: false,
            native_type: None,
            relation: None,
            at: self.place(node.name.span),
            type_span: node.type_node.span,
        };
        for attribute in &node.attributes {
            let reader = self.on_field(attribute);
            match attribute.name.as_str() {
                "map" => field.column = reader.name()?,
                "id" => model.primary_key = Some(reader.field_key(&field.name)?),
                "unique" => model.indexes.push(reader.field_unique(&field.name)?),
                "default" => {
                    let value = attribute.main("value").ok_or_else(|| reader.fail("takes a value"))?;
                    field.default = Some(DefaultValue::read(value));
                }
                "updatedAt" => field.is_updated_at = true,
                "ignore" => field.ignored = true,
                "relation" => field.relation = Some(reader.relation()?),
                name => {
                    if let Some((_, native)) = name.split_once('.') {
                        field.native_type = Some(native_type(native, attribute));
                    }
                }
            }
        }
        if matches!(field.field_type, FieldType::Model(_)) {
            field.relation.get_or_insert_with(RelationDef::default);
        }
        model.fields.push(field);
        Ok(())
    }

    fn field_type(&self, model: &str, node: &FieldNode) -> Result<FieldType, Error> {
        let name = node.type_node.name.clone();
        if node.type_node.unsupported {
            return Ok(FieldType::Unsupported(name));
        }
        if let Some(scalar) = Scalar::named(&name) {
            return Ok(FieldType::Scalar(scalar));
        }
        match self.kinds.get(&name) {
            Some(BlockKind::Enum) => Ok(FieldType::Enum(name)),
            Some(BlockKind::Model | BlockKind::View) => Ok(FieldType::Model(name)),
            Some(BlockKind::Type) => Ok(FieldType::Composite(name)),
            _ => Err(Error::UnknownType {
                at: self.place(node.type_node.span),
                field: format!("{model}.{}", node.name.name),
                type_name: name,
            }),
        }
    }

    fn block<'a>(&'a self, attribute: &'a Attribute) -> Reader<'a> {
        Reader { files: self.files, attribute, sign: "@@" }
    }

    fn on_field<'a>(&'a self, attribute: &'a Attribute) -> Reader<'a> {
        Reader { files: self.files, attribute, sign: "@" }
    }

    fn place(&self, span: Span) -> Place {
        Place::of(&self.files[span.file], span.start)
    }
}

fn native_type(name: &str, attribute: &Attribute) -> NativeType {
    let arguments = attribute.arguments.iter().map(|a| written(&a.value)).collect();
    NativeType { name: name.to_owned(), arguments, span: attribute.span }
}

/// The value of a setting of a datasource or generator.
fn setting<'a>(block: &'a Block, key: &str) -> Option<&'a Expression> {
    block.members.iter().find_map(|m| match m {
        Member::Setting(Ident { name, .. }, value) if name == key => Some(value),
        _ => None,
    })
}

fn texts(block: &Block, key: &str) -> Vec<String> {
    let items = setting(block, key).map(Expression::items).unwrap_or_default();
    items.iter().filter_map(Expression::as_text).map(ToOwned::to_owned).collect()
}

fn extensions(value: &Expression) -> Vec<ExtensionSetting> {
    let read = |item: &Expression| match &item.kind {
        ExpressionKind::Name(name) => {
            Some(ExtensionSetting { name: name.clone(), map: None, schema: None, version: None })
        }
        ExpressionKind::Call(name, arguments) => {
            let text = |key: &str| {
                let found = arguments.iter().find(|a| a.name.as_ref().is_some_and(|n| n.name == key));
                found.and_then(|a| a.value.as_text()).map(ToOwned::to_owned)
            };
            Some(ExtensionSetting {
                name: name.clone(),
                map: text("map"),
                schema: text("schema"),
                version: text("version"),
            })
        }
        _ => None,
    };
    value.items().iter().filter_map(read).collect()
}
