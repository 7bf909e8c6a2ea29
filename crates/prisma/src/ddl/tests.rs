use super::*;
use crate::schema::Schema;
use crate::source::SourceFile;

fn ddl(text: &str) -> Ddl {
    postgres_ddl(&schema(text), Flavor::Current).unwrap()
}

fn schema(text: &str) -> Schema {
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
}

fn refusal(text: &str) -> String {
    postgres_ddl(&schema(text), Flavor::Current).unwrap_err().to_string()
}

const JOINED: &str = "model A {\n  id Int @id @default(autoincrement())\n  kind K @default(X)\n  kinds K[] @default([X])\n  bs B[]\n}\nmodel B {\n  id String @id\n  as A[]\n}\nenum K {\n  X\n}\n";

#[test]
fn nothing_to_create_is_said() {
    assert_eq!(ddl("generator g {\n}\n").migration_sql(), "-- This is an empty migration.\n");
}

#[test]
fn table_without_its_key_and_the_key_after() {
    let ddl = ddl("model A {\n  x Int\n  y Int\n  @@id([x, y])\n}\nmodel B {\n  x Int @unique\n}\n");
    assert_eq!(
        ddl.tables[0].create_without_primary_key().sql,
        "CREATE TABLE \"A\" (\n    \"x\" INTEGER NOT NULL,\n    \"y\" INTEGER NOT NULL\n)"
    );
    let key = ddl.tables[0].add_primary_key().unwrap();
    assert_eq!(key.sql, "ALTER TABLE \"A\" ADD CONSTRAINT \"A_pkey\" PRIMARY KEY (\"x\",\"y\")");
    assert!(ddl.tables[1].add_primary_key().is_none());
}

#[test]
fn columns_tell_their_types() {
    let ddl = ddl(JOINED);
    let id = ddl.column("A", "id").unwrap();
    assert_eq!((id.type_sql().as_str(), id.stored_type_sql().as_str()), ("SERIAL", "INTEGER"));
    let side = ddl.column("_AToB", "B").unwrap();
    assert_eq!((side.type_sql().as_str(), side.field.as_deref()), ("TEXT", None));
    assert_eq!(ddl.column("_AToB", "A").unwrap().type_sql(), "INTEGER");
    assert!(ddl.table("_AToB").unwrap().model.is_none());
}

#[test]
fn staging_prefixes_everything() {
    let staged = ddl(JOINED).staged_in("stage");
    let text: String = staged.statements().iter().skip(1).map(ToString::to_string).collect();
    assert_eq!(text.matches("\"stage\".\"K\"").count(), 4, "{text}");
    assert_eq!(text.matches("CREATE TABLE \"stage\".").count(), 3);
    assert_eq!(text.matches("ON \"stage\".\"_AToB\"").count(), 1);
    assert_eq!(text.matches("REFERENCES \"stage\".").count(), 2);
}

#[test]
fn join_tables_of_version_five_have_a_unique_index() {
    let ddl = postgres_ddl(&schema(JOINED), Flavor::Five).unwrap();
    assert!(ddl.namespaces.is_empty());
    assert!(ddl.table("_AToB").unwrap().primary_key.is_none());
    let names: Vec<&str> = ddl.indexes.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["_AToB_AB_unique", "_AToB_B_index"]);
}

#[test]
fn versions_have_their_flavors() {
    let check = |version, flavor| assert_eq!(Flavor::of_version(version), Some(flavor), "{version}");
    check("5.22.0", Flavor::Five);
    check("6.12.0", Flavor::Six);
    check("^6.13.0", Flavor::SixPrefixed);
    check("6.16.0", Flavor::SixPrefixed);
    check("~6.16.3", Flavor::Six);
    check("6.19.0", Flavor::Six);
    check("6.19.3", Flavor::Current);
    check("7.0.0", Flavor::Six);
    check("7.0.1", Flavor::Current);
    check("8", Flavor::Current);
    assert_eq!(Flavor::of_version("latest"), None);
    assert_eq!(Flavor::of_version("2.30.0"), None);
}

#[test]
fn quotes_in_names_are_doubled_where_prisma_forgets() {
    let ddl = ddl(
        "model A {\n  id Int @id @map(\"a\\\"b\")\n  k K @default(X)\n  @@map(\"t\\\"; drop\")\n}\nenum K {\n  X @map(\"it's\")\n}\n",
    );
    assert!(ddl.migration_sql().contains("CREATE TABLE \"t\"\"; drop\" (\n    \"a\"\"b\" INTEGER"));
    assert!(ddl.migration_sql().contains("AS ENUM ('it''s')"));
    assert!(ddl.migration_sql().contains("DEFAULT 'it''s'"));
}

#[test]
fn decimals_are_written_out() {
    let check = |text, expected: Option<&str>| assert_eq!(decimal::plain(text).as_deref(), expected, "{text}");
    check("1.50", Some("1.50"));
    check("-0012.5", Some("-12.5"));
    check("1e10", Some("10000000000"));
    check("-1.5E-9", Some("-0.0000000015"));
    check(".5", Some("0.5"));
    check("5.", Some("5"));
    check("-0.0", Some("0.0"));
    // Prisma's engine appends zeros to a zero too.
    check("0e5", Some("000000"));
    check("1e999999999", None);
    check("", None);
    check("-", None);
    check("1.2.3", None);
    check("NaN", None);
    check("1e", None);
}

#[test]
fn date_times_are_printed_with_their_zone() {
    let check = |text, expected: Option<&str>| assert_eq!(date_time::printed(text).as_deref(), expected, "{text}");
    check("2020-03-19T14:21:00Z", Some("2020-03-19 14:21:00 +00:00"));
    check("2020-03-19t14:21:00.1-03:30", Some("2020-03-19 14:21:00.100 -03:30"));
    check("2020-03-19 14:21:00.1234Z", Some("2020-03-19 14:21:00.123400 +00:00"));
    check("2020-03-19T14:21:00.000000001Z", Some("2020-03-19 14:21:00.000000001 +00:00"));
    check("2020-03-19T14:21:00.000Z", Some("2020-03-19 14:21:00 +00:00"));
    check("2024-02-29T00:00:00Z", Some("2024-02-29 00:00:00 +00:00"));
    check("2016-12-31T23:59:60Z", Some("2016-12-31 23:59:60 +00:00"));
    check("2020-01-01T00:00:00\u{2212}00:30", Some("2020-01-01 00:00:00 -00:30"));
    check("2020-01-01T00:00:00-00:00", Some("2020-01-01 00:00:00 +00:00"));
    check("2020-01-01T00:00:00+0200", None);
    check("2020-1-2T03:04:05Z", None);
    check(" 2020-01-01T00:00:00Z", None);
    check("2020-01-01T00:00:00 Z", None);
    check("2020-01-01T00:00:00.Z", None);
    check("2020-01-01T00:00:00+24:00", None);
    check("2023-02-29T00:00:00Z", None);
    check("2020-13-01T00:00:00Z", None);
    check("2020-03-19T24:00:00Z", None);
    check("2020-03-19T14:21:00", None);
    check("2020-03-19", None);
    check("yesterday", None);
}

#[test]
fn defaults_that_do_not_fit_are_refused_by_name() {
    let model = |field: &str| format!("model A {{\n  id Int @id\n  {field}\n}}\nenum E {{\n  X\n}}\n");
    for field in [
        "f Int @default(\"1\")",
        "f Int @default(99999999999999999999)",
        "f Boolean @default(yes)",
        "f E @default(Y)",
        "f E[] @default([Y])",
        "f Bytes @default(\"A\")",
        "f Bytes @default(\"A===\")",
        "f String @default([\"a\"])",
        "f String[] @default(\"a\")",
        "f Decimal @default(\"one\")",
        "f String @default(now())",
        "f String @default(autoincrement())",
    ] {
        let message = refusal(&model(field));
        assert!(message.starts_with("default of `A.f` at schema.prisma:3:3 is not a value of"), "{field}: {message}");
    }
}

#[test]
fn relations_that_cannot_be_built_are_refused() {
    let message = refusal("model A {\n  id Int @id\n  b B?\n}\nmodel B {\n  id Int @id\n  a A\n}\n");
    assert!(message.contains("holds no key"), "{message}");
    let message =
        refusal("model A {\n  x Int\n  y Int\n  bs B[]\n  @@id([x, y])\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n");
    assert!(message.contains("`A` has no `@id` of a single field"), "{message}");
    let message = refusal("model A {\n  id Int @id\n  t T\n}\ntype T {\n  x Int\n}\n");
    assert!(message.contains("no type of a column"), "{message}");
}

#[test]
fn join_tables_that_become_one_when_cut_are_refused() {
    let stem = "r".repeat(70);
    let fields =
        |end: char| format!("  {end}1 A[] @relation(\"{stem}{end}\")\n  {end}2 A[] @relation(\"{stem}{end}\")\n");
    let message = refusal(&format!("model A {{\n  id Int @id\n{}{}}}\n", fields('x'), fields('y')));
    assert!(message.contains("which another table has"), "{message}");
}
