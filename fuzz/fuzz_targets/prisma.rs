//! Any text as a schema.prisma: its tokens are its text, and what parses has a form for PostgreSQL or a reason.

#![no_main]

use autobot_prisma::{Flavor, Schema, SourceFile, postgres_ddl, tokens};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let whole: String = tokens(text).iter().map(|token| &text[token.range.clone()]).collect();
    assert_eq!(whole, text, "the tokens are not the text");
    let Ok(schema) = Schema::parse(&[SourceFile::new("schema.prisma", text)]) else { return };
    let _ = postgres_ddl(&schema, Flavor::default());
});
