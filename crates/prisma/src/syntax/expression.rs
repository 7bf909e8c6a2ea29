//! Values and arguments.

use super::lexer::TokenKind;
use super::parser::Parser;
use super::tree::{Argument, Expression, ExpressionKind};
use crate::error::Error;
use crate::source::Span;

/// How deep lists and calls may be nested; Prisma's own schemas need four.
const DEPTH_MAX: usize = 64;

/// Reads one value.
pub(super) fn expression(parser: &mut Parser<'_>) -> Result<Expression, Error> {
    value(parser, 0)
}

/// Reads `( … )` and gives the closing parenthesis too.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Result<(Vec<Argument>, Span), Error> {
    argument_list(parser, 0)
}

fn argument_list(parser: &mut Parser<'_>, depth: usize) -> Result<(Vec<Argument>, Span), Error> {
    parser.expect('(')?;
    let mut out = Vec::new();
    loop {
        parser.skip_lines();
        if let Some(close) = parser.take(')') {
            return Ok((out, close));
        }
        out.push(argument(parser, depth)?);
        parser.skip_lines();
        if parser.take(',').is_none() && !parser.is(')') {
            return Err(parser.unexpected("expected `,` or `)`"));
        }
    }
}

fn argument(parser: &mut Parser<'_>, depth: usize) -> Result<Argument, Error> {
    let first = value(parser, depth + 1)?;
    if !parser.is(':') {
        return Ok(Argument { name: None, value: first });
    }
    let ExpressionKind::Name(name) = first.kind else {
        return Err(parser.unexpected("an argument's name is a plain word"));
    };
    parser.expect(':')?;
    parser.skip_lines();
    let name = super::tree::Ident { name, span: first.span };
    Ok(Argument { name: Some(name), value: value(parser, depth + 1)? })
}

fn value(parser: &mut Parser<'_>, depth: usize) -> Result<Expression, Error> {
    if depth > DEPTH_MAX {
        return Err(parser.unexpected("nested too deeply"));
    }
    match parser.peek().map(|t| t.kind) {
        Some(TokenKind::Text) => {
            let (text, span) = parser.text_literal()?;
            Ok(Expression { kind: ExpressionKind::Text(text), span })
        }
        Some(TokenKind::Number) => {
            let (number, span) = parser.number()?;
            Ok(Expression { kind: ExpressionKind::Number(number), span })
        }
        Some(TokenKind::Sign('[')) => list(parser, depth),
        Some(TokenKind::Word) => name_or_call(parser, depth),
        _ => Err(parser.unexpected("expected a value")),
    }
}

fn list(parser: &mut Parser<'_>, depth: usize) -> Result<Expression, Error> {
    let open = parser.expect('[')?;
    let mut items = Vec::new();
    loop {
        parser.skip_lines();
        if let Some(close) = parser.take(']') {
            return Ok(Expression { kind: ExpressionKind::List(items), span: open.to(close) });
        }
        items.push(value(parser, depth + 1)?);
        parser.skip_lines();
        if parser.take(',').is_none() && !parser.is(']') {
            return Err(parser.unexpected("expected `,` or `]`"));
        }
    }
}

fn name_or_call(parser: &mut Parser<'_>, depth: usize) -> Result<Expression, Error> {
    let mut name = parser.word("expected a name")?;
    while parser.take('.').is_some() {
        let part = parser.word("expected a name after the dot")?;
        name.name = format!("{}.{}", name.name, part.name);
        name.span = name.span.to(part.span);
    }
    if !parser.is('(') {
        return Ok(Expression { kind: ExpressionKind::Name(name.name), span: name.span });
    }
    let (arguments, close) = argument_list(parser, depth + 1)?;
    Ok(Expression { kind: ExpressionKind::Call(name.name, arguments), span: name.span.to(close) })
}
