//! Builds the tree of blocks from tokens.
//!
//! Follows Prisma's grammar, and takes a little more: an attribute's arguments may go over several lines, and a
//! block's last line may hold its closing brace.

use super::expression;
use super::lexer::{Token, TokenKind, tokens};
use super::text::unescape;
use super::tree::{Attribute, Block, BlockKind, FieldNode, Ident, Member, TypeArity, TypeNode, ValueNode};
use crate::error::Error;
use crate::source::{Place, SourceFile, Span};

/// Reads one file, which is the one of this number in the schema.
pub(crate) fn parse(file: &SourceFile, number: usize) -> Result<Vec<Block>, Error> {
    let all = tokens(&file.text);
    let kept = all.into_iter().filter(|t| !matches!(t.kind, TokenKind::Space | TokenKind::Comment)).collect();
    let mut parser = Parser { file, number, tokens: kept, at: 0 };
    let mut blocks = Vec::new();
    parser.skip_lines();
    while parser.peek().is_some() {
        blocks.push(parser.block()?);
        if parser.peek().is_some() && !parser.is_newline() {
            return Err(parser.unexpected("expected the end of the line after the block's `}`"));
        }
        parser.skip_lines();
    }
    Ok(blocks)
}

pub(super) struct Parser<'a> {
    file: &'a SourceFile,
    number: usize,
    tokens: Vec<Token>,
    at: usize,
}

impl Parser<'_> {
    fn block(&mut self) -> Result<Block, Error> {
        let keyword = self.word("expected a block: datasource, generator, model, view, type or enum")?;
        let kind = match keyword.name.as_str() {
            "datasource" => BlockKind::Datasource,
            "generator" => BlockKind::Generator,
            "model" => BlockKind::Model,
            "view" => BlockKind::View,
            "type" => BlockKind::Type,
            "enum" => BlockKind::Enum,
            _ => return Err(self.fail(keyword.span, format!("`{}` begins no block that Prisma knows", keyword.name))),
        };
        let name = self.word("expected the block's name")?;
        self.expect('{')?;
        self.rest_of_opening_line(kind)?;
        let mut members = Vec::new();
        loop {
            self.skip_lines();
            if let Some(close) = self.take('}') {
                return Ok(Block { kind, name, members, span: keyword.span.to(close) });
            }
            if self.peek().is_none() {
                return Err(self.fail(name.span, format!("the block `{}` is not closed", name.name)));
            }
            members.push(self.member(kind)?);
            if !self.is_newline() && !self.is('}') {
                return Err(self.unexpected("expected an attribute or the end of the line"));
            }
        }
    }

    /// Prisma passes over whatever follows the opening brace on its line: a field there would be lost without a word.
    fn rest_of_opening_line(&mut self, kind: BlockKind) -> Result<(), Error> {
        let first = self.at;
        while self.peek().is_some() && !self.is_newline() {
            if self.is('}') {
                return Err(self.unexpected("a block's content begins on the line after its `{`"));
            }
            self.at += 1;
        }
        let settings = matches!(kind, BlockKind::Datasource | BlockKind::Generator);
        if self.at > first && !settings {
            self.at = first;
            let message = "Prisma passes over what follows a block's `{` on its line: put it on a line of its own";
            return Err(self.unexpected(message));
        }
        Ok(())
    }

    fn member(&mut self, kind: BlockKind) -> Result<Member, Error> {
        if let Some(first) = self.take('@') {
            self.expect('@')?;
            return Ok(Member::Attribute(self.attribute(first)?));
        }
        let name = self.word("expected a field, a value or an `@@` attribute")?;
        match kind {
            BlockKind::Datasource | BlockKind::Generator => {
                self.expect('=')?;
                Ok(Member::Setting(name, expression::expression(self)?))
            }
            BlockKind::Enum => Ok(Member::Value(ValueNode { name, attributes: self.attributes()? })),
            BlockKind::Model | BlockKind::View | BlockKind::Type => {
                let type_node = self.field_type()?;
                Ok(Member::Field(FieldNode { name, type_node, attributes: self.attributes()? }))
            }
        }
    }

    fn field_type(&mut self) -> Result<TypeNode, Error> {
        let mut name = self.word("expected the field's type")?;
        let unsupported = name.name == "Unsupported";
        if unsupported {
            self.expect('(')?;
            name.name = self.text_literal()?.0;
            name.span = name.span.to(self.expect(')')?);
        }
        let mut arity = TypeArity::Required;
        if self.take('[').is_some() {
            self.expect(']')?;
            arity = TypeArity::List;
        } else if self.take('?').is_some() {
            arity = TypeArity::Optional;
        }
        if self.is('?') || self.is('!') || self.is('[') {
            return Err(self.unexpected("a type is `T`, `T?` or `T[]`"));
        }
        Ok(TypeNode { name: name.name, unsupported, arity, span: name.span })
    }

    fn attributes(&mut self) -> Result<Vec<Attribute>, Error> {
        let mut out = Vec::new();
        while let Some(sign) = self.take('@') {
            out.push(self.attribute(sign)?);
        }
        Ok(out)
    }

    /// An attribute whose `@` signs, beginning at `start`, were taken.
    fn attribute(&mut self, start: Span) -> Result<Attribute, Error> {
        let mut name = self.word("expected the attribute's name")?;
        while self.take('.').is_some() {
            let part = self.word("expected a name after the dot")?;
            name.name = format!("{}.{}", name.name, part.name);
            name.span = name.span.to(part.span);
        }
        let mut span = start.to(name.span);
        let mut arguments = Vec::new();
        if self.is('(') {
            let (list, close) = expression::arguments(self)?;
            arguments = list;
            span = span.to(close);
        }
        Ok(Attribute { name: name.name, arguments, span })
    }

    pub(super) fn text_literal(&mut self) -> Result<(String, Span), Error> {
        let Some(token) = self.peek().filter(|t| t.kind == TokenKind::Text).cloned() else {
            return Err(self.unexpected("expected a string in double quotes"));
        };
        self.at += 1;
        let span = self.span(&token);
        let text = unescape(&self.file.text[token.range]).map_err(|message| self.fail(span, message))?;
        Ok((text, span))
    }

    pub(super) fn word(&mut self, expected: &str) -> Result<Ident, Error> {
        let Some(token) = self.peek().filter(|t| t.kind == TokenKind::Word).cloned() else {
            return Err(self.unexpected(expected));
        };
        self.at += 1;
        Ok(Ident { name: self.file.text[token.range.clone()].to_owned(), span: self.span(&token) })
    }

    pub(super) fn expect(&mut self, sign: char) -> Result<Span, Error> {
        self.take(sign).ok_or_else(|| self.unexpected(&format!("expected `{sign}`")))
    }

    pub(super) fn take(&mut self, sign: char) -> Option<Span> {
        let token = self.peek().filter(|t| t.kind == TokenKind::Sign(sign)).cloned()?;
        self.at += 1;
        Some(self.span(&token))
    }

    pub(super) fn number(&mut self) -> Result<(String, Span), Error> {
        let Some(token) = self.peek().filter(|t| t.kind == TokenKind::Number).cloned() else {
            return Err(self.unexpected("expected a number"));
        };
        self.at += 1;
        Ok((self.file.text[token.range.clone()].to_owned(), self.span(&token)))
    }

    pub(super) fn is(&self, sign: char) -> bool {
        self.peek().is_some_and(|t| t.kind == TokenKind::Sign(sign))
    }

    pub(super) fn skip_lines(&mut self) {
        while self.is_newline() {
            self.at += 1;
        }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_newline(&self) -> bool {
        self.peek().is_some_and(|t| t.kind == TokenKind::Newline)
    }

    fn span(&self, token: &Token) -> Span {
        Span { file: self.number, start: token.range.start, end: token.range.end }
    }

    pub(super) fn unexpected(&self, expected: &str) -> Error {
        let start = self.peek().map_or(self.file.text.len(), |t| t.range.start);
        self.fail(Span { file: self.number, start, end: start }, expected.to_owned())
    }

    pub(super) fn fail(&self, span: Span, message: String) -> Error {
        Error::Syntax { at: Place::of(self.file, span.start), message }
    }
}
