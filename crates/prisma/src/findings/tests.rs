use super::*;
use crate::source::SourceFile;

fn findings(text: &str) -> Vec<String> {
    let schema = Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap();
    schema.postgres_findings().iter().map(|f| format!("{:?} {} {}", f.severity, f.thing, f.message)).collect()
}

#[test]
fn a_plain_schema_has_none() {
    assert!(findings("model A {\n  id Int @id\n  b String @unique\n}\n").is_empty());
}

#[test]
fn what_needs_a_look_is_a_note() {
    let found = findings(
        "datasource db {\n  provider = \"sqlite\"\n  relationMode = \"prisma\"\n}\nmodel A {\n  id Int @id\n  t Unsupported(\"box\")?\n  d String @default(dbgenerated(\"(datetime('now'))\"))\n}\nview V {\n  id Int @unique\n}\n",
    );
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|f| f.starts_with("Note")), "{found:?}");
}

#[test]
fn what_postgres_lacks_is_a_blocker() {
    let found = findings(
        "type T {\n  x Int\n}\nmodel A {\n  id Int @id\n  t T\n  s String @db.LongText\n  @@fulltext([s])\n  @@index([s(length: 10)])\n}\n",
    );
    for what in ["T is a composite", "A.s has the native type `LongText`", "full text", "`length`"] {
        assert!(found.iter().any(|f| f.starts_with("Blocker") && f.contains(what)), "{what}: {found:?}");
    }
}

#[test]
fn names_that_are_too_long_or_taken_are_blockers() {
    let long = "x".repeat(64);
    let found = findings(&format!("model A {{\n  id Int @id\n  {long} Int\n  @@map(\"{long}a\")\n}}\n"));
    assert_eq!(found.iter().filter(|f| f.contains("takes 63")).count(), 2, "{found:?}");
    let found = findings(
        "model A {\n  id Int @id\n  e E\n  b Int\n  @@index([b], map: \"e\")\n}\nenum E {\n  X\n  @@map(\"A\")\n}\n",
    );
    assert!(found.iter().any(|f| f.contains("A is the name of this table and of another enum")), "{found:?}");
    // Cut to 63 bytes, the two indexes have one name.
    let stem = "abcdefghij".repeat(6);
    let found = findings(&format!("model A {{\n  id Int @id\n  {stem}1 Int @unique\n  {stem}2 Int @unique\n}}\n"));
    assert!(found.iter().any(|f| f.contains("index and of another index")), "{found:?}");
}

#[test]
fn a_refusal_of_the_ddl_is_a_blocker() {
    let found = findings("model A {\n  id Int @id\n  d DateTime @default(\"yesterday\")\n}\n");
    assert!(found[0].starts_with("Blocker") && found[0].contains("A.d"), "{found:?}");
}
