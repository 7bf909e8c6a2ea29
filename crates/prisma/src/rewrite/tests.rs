use super::*;
use crate::source::SourceFile;

fn schema(text: &str) -> Schema {
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
}

fn text(schema: &Schema) -> &str {
    &schema.files()[0].text
}

/// Applies edits to a text and gives the new one.
fn after(before: &str, edits: impl Fn(&Schema) -> Result<Edits, Error>) -> String {
    let schema = schema(before);
    text(&schema.apply(&edits(&schema).unwrap()).unwrap()).to_owned()
}

const LITERAL: &str = "// provider = \"sqlite\"\r\ndatasource db {\r\n\tprovider=\"sqlite\" // \"sqlite\" for now\r\n\turl = \"file:./dev.db\" // file:\r\n}\r\n\
     generator client {\r\n  provider = \"prisma-client-js\"\r\n}\r\nmodel A {\r\n  id Int @id\r\n  s String @default(\"sqlite file:./dev.db\")\r\n}";

#[test]
fn only_the_datasource_changes() {
    let expected = LITERAL
        .replace("\tprovider=\"sqlite\"", "\tprovider=\"postgresql\"")
        .replace("url = \"file:./dev.db\"", "url = env(\"DATABASE_URL\")");
    assert_eq!(after(LITERAL, Schema::set_datasource_provider), expected);
    assert_eq!(after(&expected, Schema::set_datasource_provider), expected, "a second time changes nothing");
}

#[test]
fn url_from_the_environment_or_none_stays() {
    for url in ["  url = env(\"DB\")\n", "", "  url = \"postgresql://h/d\"\n"] {
        let before = format!("datasource db {{\n  provider = \"sqlite\"\n{url}}}\n");
        assert_eq!(after(&before, Schema::set_datasource_provider), before.replace("sqlite", "postgresql"));
    }
}

#[test]
fn datasource_in_the_second_file_of_two() {
    let model = SourceFile::new("a.prisma", "model A {\n  id Int @id\n}\n");
    let config = SourceFile::new("z.prisma", "datasource db {\n  provider = \"sqlite\"\n}\n");
    let schema = Schema::parse(&[config, model.clone()]).unwrap();
    let changed = schema.apply(&schema.set_datasource_provider().unwrap()).unwrap();
    assert_eq!(changed.files()[1], model);
    assert!(changed.files()[0].text.contains("postgresql"));
}

#[test]
fn datasource_that_cannot_be_rewritten_is_named() {
    assert!(matches!(schema("model A {\n  id Int @id\n}\n").set_datasource_provider(), Err(Error::NoDatasource)));
    let list = schema("datasource db {\n  provider = [\"sqlite\", \"postgresql\"]\n}\n");
    assert!(matches!(list.set_datasource_provider(), Err(Error::Datasource { .. })));
    assert!(matches!(schema("datasource db {\n}\n").set_datasource_provider(), Err(Error::Datasource { .. })));
}

#[test]
fn index_goes_after_the_other_attributes() {
    let before = "model A {\n    id Int @id\n    b Int\n\n    @@unique([b, id]) // why\n}\n";
    let expected = before.replace("// why\n", "// why\n    @@index([b])\n");
    assert_eq!(after(before, |s| s.add_index("A", &["b"])), expected);
}

#[test]
fn index_goes_before_the_brace_where_there_is_no_attribute() {
    let before = "model A {\r\n\tid Int @id\r\n\tb Int // last\r\n}\r\nmodel B {\r\n  id Int @id\r\n}\r\n";
    let expected = before.replace("// last\r\n", "// last\r\n\r\n\t@@index([b, id])\r\n");
    assert_eq!(after(before, |s| s.add_index("A", &["b", "id"])), expected);
}

#[test]
fn equal_index_is_not_added_again() {
    let model = |line: &str| format!("model A {{\n  id Int @id\n  b Int\n  c Int @unique\n  {line}\n}}\n");
    let is_there = |line: &str, fields: &[&str]| schema(&model(line)).add_index("A", fields).unwrap().is_empty();
    assert!(is_there("@@index([b])", &["b"]));
    assert!(is_there("@@index(fields: [b], map: \"x\")", &["b"]));
    assert!(is_there("@@index([b, id])", &["b", "id"]));
    assert!(is_there("", &["c"]), "unique");
    assert!(is_there("", &["id"]), "key");
    assert!(!is_there("@@index([b, id])", &["id", "b"]));
    assert!(!is_there("@@index([b, id])", &["b"]));
    assert!(!is_there("@@index([b(sort: Desc)])", &["b"]));
    assert!(!is_there("@@index([b], type: Hash)", &["b"]));
}

#[test]
fn several_edits_at_once_keep_their_order() {
    let before = "model A {\n  id Int @id\n  b Int\n  c Int\n}\n";
    let schema = schema(before);
    let mut edits = schema.add_index("A", &["b"]).unwrap();
    edits.extend(schema.add_index("A", &["c"]).unwrap());
    edits.extend(schema.add_index("A", &["b"]).unwrap());
    edits.extend(schema.change_field_type("A", "b", "BigInt").unwrap());
    let changed = schema.apply(&edits).unwrap();
    assert_eq!(changed.model("A").unwrap().indexes.len(), 2);
    assert!(text(&changed).starts_with("model A {\n  id Int @id\n  b BigInt\n  c Int\n\n  @@index([b])\n"));
    assert_eq!(edits.iter().map(|e| e.what.as_str()).collect::<Vec<_>>()[2], "A.b: Int becomes BigInt");
}

#[test]
fn unknown_models_and_fields_are_named() {
    let schema = schema("model A {\n  id Int @id\n  r A[]\n}\nview V {\n  id Int\n}\n");
    assert!(matches!(schema.add_index("B", &["id"]), Err(Error::NoModel { .. })));
    assert!(matches!(schema.add_index("V", &["id"]), Err(Error::NoModel { .. })));
    assert!(matches!(schema.add_index("A", &["r"]), Err(Error::NoField { .. })));
    assert!(matches!(schema.change_field_type("A", "x", "Int"), Err(Error::NoField { .. })));
}

#[test]
fn type_changes_go_along_relations() {
    let before = "model A {\n  id Int @id @default(autoincrement())\n  bs B[]\n}\nmodel B {\n  id Int @id\n  aId Int?\n  a A? @relation(fields: [aId], references: [id])\n}\n";
    let expected = before.replace("id Int @id @default", "id BigInt @id @default").replace("aId Int?", "aId BigInt?");
    assert_eq!(after(before, |s| s.change_field_type("A", "id", "BigInt")), expected);
    assert_eq!(after(before, |s| s.change_field_type("B", "aId", "BigInt")), expected);
}

#[test]
fn native_type_that_does_not_fit_goes() {
    let before = "model A {\n  id Int @id\n  n Int   @db.Integer @map(\"x\")\n  l Int[]\n}\n";
    let expected = "model A {\n  id Int @id\n  n BigInt @map(\"x\")\n  l Int[]\n}\n";
    assert_eq!(after(before, |s| s.change_field_type("A", "n", "BigInt")), expected);
    assert!(after(before, |s| s.change_field_type("A", "l", "BigInt")).contains("l BigInt[]"));
}

#[test]
fn json_needs_a_default_that_is_json() {
    let before = "model A {\n  id Int @id\n  good String @default(\"{\\\"a\\\": []}\")\n  bad String @default(\"{\")\n  id2 String @default(uuid())\n}\n";
    assert!(after(before, |s| s.change_field_type("A", "good", "Json")).contains("good Json @default"));
    let schema = schema(before);
    for field in ["bad", "id2"] {
        let error = schema.change_field_type("A", field, "Json").unwrap_err();
        assert!(error.to_string().contains("its default is no value of that type"), "{error}");
    }
    assert!(schema.change_field_type("A", "good", "Text").is_err());
    assert!(schema.change_field_type("A", "good", "String").unwrap().is_empty());
}
