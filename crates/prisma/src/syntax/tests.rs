use super::*;
use crate::error::Error;
use crate::source::SourceFile;

fn blocks(text: &str) -> Vec<Block> {
    parse(&SourceFile::new("schema.prisma", text), 0).unwrap()
}

/// The error of a text, as `line:column message`.
fn failure(text: &str) -> String {
    match parse(&SourceFile::new("schema.prisma", text), 0).unwrap_err() {
        Error::Syntax { at, message } => format!("{}:{} {message}", at.line, at.column),
        other => panic!("{other}"),
    }
}

fn kinds(text: &str) -> Vec<TokenKind> {
    tokens(text).into_iter().map(|t| t.kind).filter(|k| *k != TokenKind::Space).collect()
}

#[test]
fn tokens_put_together_are_the_text() {
    for text in [
        "",
        "\u{feff}model A {\r\n  id Int @id // c\r\n}\r",
        "/* a\n b */ \"s \\\" \\u00e9\" -1.5 1.x 12-a ñ_ü \u{a0}~ \"open",
        "/* never closed",
        "\"broken\nline\" '/ /x 1..2",
    ] {
        let joined: String = tokens(text).iter().map(|t| &text[t.range.clone()]).collect();
        assert_eq!(joined, text);
        let ends = tokens(text).windows(2).all(|pair| pair[0].range.end == pair[1].range.start);
        assert!(ends, "{text}");
    }
}

#[test]
fn comment_signs_in_strings_are_text() {
    assert_eq!(kinds("\"a // b /* c\" // d"), [TokenKind::Text, TokenKind::Comment]);
}

#[test]
fn words_numbers_and_broken_strings() {
    assert_eq!(kinds("1b"), [TokenKind::Word]);
    assert_eq!(kinds("-12.50"), [TokenKind::Number]);
    assert_eq!(kinds("1."), [TokenKind::Number, TokenKind::Sign('.')]);
    assert_eq!(kinds("\"open"), [TokenKind::Other]);
    assert_eq!(kinds("-"), [TokenKind::Other]);
}

#[test]
fn escapes_are_those_of_json() {
    let unescaped = |literal: &str| text::unescape(literal);
    assert_eq!(unescaped(r#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#).unwrap(), "a\"\\/\u{8}\u{c}\n\r\té😀");
    assert!(unescaped(r#""C:\path""#).unwrap_err().contains("\\p"));
    for broken in [r#""\u12""#, r#""\ud83d""#, r#""\ud83d\u0041""#, r#""\uzzzz""#] {
        assert!(unescaped(broken).is_err(), "{broken}");
    }
}

#[test]
fn blocks_and_their_members() {
    let all = blocks(
        "datasource db {\n  provider = \"sqlite\"\n}\n\nenum E { // values\n  A @map(\"a\")\n\n  @@map(\"e\")\n}\n\
         model M {\n  id Int @id @default(autoincrement())\n  x String?\n  y Unsupported(\"point\")[]\n  @@index([x(sort: Desc)], map: \"i\")\n}",
    );
    assert_eq!(all.iter().map(|b| b.name.name.as_str()).collect::<Vec<_>>(), ["db", "E", "M"]);
    assert_eq!(all.iter().map(|b| b.members.len()).collect::<Vec<_>>(), [1, 2, 4]);
    let Member::Field(field) = &all[2].members[2] else { panic!() };
    assert!(field.type_node.unsupported);
    assert_eq!((field.type_node.name.as_str(), field.type_node.arity), ("point", TypeArity::List));
}

#[test]
fn attributes_may_go_over_lines() {
    let all = blocks(
        "model M {\n  a Int @default(\n    1 // one\n  )\n  @@index([\n    a,\n    b(sort: Desc),\n  ],\n  map: \"x\")\n}\n",
    );
    let Member::Attribute(index) = &all[0].members[1] else { panic!() };
    assert_eq!(index.main("fields").unwrap().items().len(), 2);
    assert_eq!(index.named("map").and_then(Expression::as_text), Some("x"));
}

#[test]
fn errors_say_where() {
    let lost = "model A { id Int @id // a field\n name String\n}";
    assert!(failure(lost).starts_with("1:11 Prisma passes over"), "{}", failure(lost));
    assert_eq!(failure("model A {\n  id Int @id\n"), "1:7 the block `A` is not closed");
    assert_eq!(failure("table A {\n}\n"), "1:1 `table` begins no block that Prisma knows");
    assert_eq!(failure("model A {\n  id Int @default(\n}\n"), "3:1 expected a value");
    assert_eq!(failure("model A {\n  ñ Int!\n}\n"), "2:8 a type is `T`, `T?` or `T[]`");
    assert_eq!(failure("model A {\r\n  id Int @id nope\r\n}\r\n"), "2:14 expected an attribute or the end of the line");
    assert_eq!(failure("enum E { A }\n"), "1:12 a block's content begins on the line after its `{`");
    assert_eq!(failure("model A {\n} x\n"), "2:3 expected the end of the line after the block's `}`");
    assert_eq!(failure("model A {\n  a String @default(\"open)\n}\n"), "2:21 expected a value");
}

#[test]
fn deep_nesting_is_refused_instead_of_overflowing() {
    let text = format!("model A {{\n  a Int @x({}1{})\n}}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(failure(&text).ends_with("nested too deeply"));
}

#[test]
fn carriage_returns_alone_end_lines_too() {
    assert_eq!(blocks("model A {\r  id Int\r  x Int\r}\r")[0].members.len(), 2);
    assert_eq!(failure("model A {\r  id Int ~\r}\r"), "2:10 expected an attribute or the end of the line");
}
