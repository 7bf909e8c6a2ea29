//! The Prisma schema language: tokens, and the tree of blocks made from them.

mod expression;
mod lexer;
mod parser;
mod text;
mod tree;

pub use lexer::{Token, TokenKind, tokens};
pub(crate) use parser::parse;
pub use tree::BlockKind;
pub(crate) use tree::{
    Argument, Attribute, Block, Expression, ExpressionKind, FieldNode, Ident, Member, TypeArity, ValueNode,
};

#[cfg(test)]
mod tests;
