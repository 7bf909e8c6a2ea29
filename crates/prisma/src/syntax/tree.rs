//! The tree of a schema file. Every node keeps the bytes it was read from.

use crate::source::Span;

/// What a block declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// `datasource`.
    Datasource,
    /// `generator`.
    Generator,
    /// `model`.
    Model,
    /// `view`.
    View,
    /// `type`, a composite type.
    Type,
    /// `enum`.
    Enum,
}

#[derive(Debug, Clone)]
pub(crate) struct Ident {
    pub(crate) name: String,
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) name: Ident,
    pub(crate) members: Vec<Member>,
    /// From the keyword to the closing brace.
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum Member {
    Field(FieldNode),
    /// A line of an enum.
    Value(ValueNode),
    /// `@@name(…)`.
    Attribute(Attribute),
    /// `key = value` of a datasource or generator.
    Setting(Ident, Expression),
}

#[derive(Debug, Clone)]
pub(crate) struct FieldNode {
    pub(crate) name: Ident,
    pub(crate) type_node: TypeNode,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Debug, Clone)]
pub(crate) struct ValueNode {
    pub(crate) name: Ident,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeArity {
    Required,
    Optional,
    List,
}

#[derive(Debug, Clone)]
pub(crate) struct TypeNode {
    /// The type's name, or the text within `Unsupported("…")`.
    pub(crate) name: String,
    pub(crate) unsupported: bool,
    pub(crate) arity: TypeArity,
    /// The bytes of the name alone, without `?` or `[]`.
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    /// Without its `@` signs: `id`, `db.VarChar`.
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) span: Span,
}

impl Attribute {
    /// The argument of this name, or the first one without a name.
    pub(crate) fn main(&self, name: &str) -> Option<&Expression> {
        self.named(name).or_else(|| self.arguments.iter().find(|a| a.name.is_none()).map(|a| &a.value))
    }

    /// The argument of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Expression> {
        self.arguments.iter().find(|a| a.name.as_ref().is_some_and(|n| n.name == name)).map(|a| &a.value)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    pub(crate) value: Expression,
}

#[derive(Debug, Clone)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum ExpressionKind {
    /// A name, perhaps with dots: `Cascade`, `a.b`.
    Name(String),
    Number(String),
    /// A string with its escapes resolved.
    Text(String),
    List(Vec<Expression>),
    Call(String, Vec<Argument>),
}

impl Expression {
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            ExpressionKind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&str> {
        match &self.kind {
            ExpressionKind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The items of a list; anything else counts as a list of itself, as it does in Prisma.
    pub(crate) fn items(&self) -> &[Expression] {
        match &self.kind {
            ExpressionKind::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }
}
