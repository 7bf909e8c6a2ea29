use super::*;
use crate::source::SourceFile;

fn schema(text: &str) -> Schema {
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
}

fn failure(text: &str) -> String {
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap_err().to_string()
}

const SHOP: &str = r#"
generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["driverAdapters", "views"]
}

datasource db {
  provider = "sqlite"
  url      = "file:./dev.db"
}

model Order {
  id      Int       @id @default(autoincrement()) @map("order_id")
  state   State     @default(NEW)
  amount  Decimal?
  note    String[]
  changed DateTime  @updatedAt
  shape   Unsupported("point")?
  secret  String    @ignore
  lines   Line[]

  @@map("orders")
}

model Line {
  orderId Int
  sku     String @db.VarChar(20)
  order   Order  @relation(fields: [orderId], references: [id], onDelete: Cascade)

  @@id([orderId, sku], map: "line_pk")
  @@unique([sku])
  @@index([orderId(sort: Desc)], name: "old")
}

view Totals {
  id Int @unique
}

enum State {
  NEW
  DONE @map("done")

  @@map("order_state")
}
"#;

#[test]
fn columns_are_found_by_their_database_names() {
    let schema = schema(SHOP);
    let (model, field) = schema.column("orders", "order_id").unwrap();
    assert_eq!((model.name.as_str(), field.name.as_str()), ("Order", "id"));
    assert!(field.is_autoincrement());
    assert_eq!(field.scalar(), Some(Scalar::Int));
    assert!(schema.column("orders", "lines").is_none(), "a relation is no column");
    assert!(schema.column("Order", "id").is_none(), "the table has another name");
    assert!(schema.table("Totals").is_none(), "a view is no table");
}

#[test]
fn fields_carry_type_arity_and_attributes() {
    let schema = schema(SHOP);
    let order = schema.model("Order").unwrap();
    let field = |name: &str| order.field(name).unwrap();
    assert_eq!(field("state").field_type, FieldType::Enum("State".to_owned()));
    assert_eq!(field("state").default, Some(DefaultValue::Name("NEW".to_owned())));
    assert_eq!(field("amount").arity, Arity::Optional);
    assert_eq!(field("note").arity, Arity::List);
    assert!(field("changed").is_updated_at);
    assert_eq!(field("shape").field_type, FieldType::Unsupported("point".to_owned()));
    assert!(field("secret").ignored);
    assert_eq!(field("amount").at.to_string(), "schema.prisma:15:3");
    let native = schema.model("Line").unwrap().field("sku").unwrap().native_type.clone().unwrap();
    assert_eq!((native.name.as_str(), native.arguments), ("VarChar", vec!["20".to_owned()]));
}

#[test]
fn keys_and_indexes_come_in_prismas_order() {
    let schema = schema(SHOP);
    let line = schema.model("Line").unwrap();
    assert_eq!(line.primary_key.as_ref().unwrap().map.as_deref(), Some("line_pk"));
    assert_eq!(line.indexes.iter().map(|i| i.kind).collect::<Vec<_>>(), [IndexKind::Normal, IndexKind::Unique]);
    assert_eq!(line.indexes[0].map.as_deref(), Some("old"));
}

#[test]
fn configuration_is_reported() {
    let schema = schema(SHOP);
    let datasource = schema.datasource().unwrap();
    assert_eq!(datasource.provider, Some(Setting::Literal("sqlite".to_owned())));
    assert_eq!(datasource.url.as_ref().and_then(Setting::literal), Some("file:./dev.db"));
    assert_eq!(schema.preview_features(), ["driverAdapters", "views"]);
    let blocks: Vec<String> = schema.blocks().iter().map(|b| format!("{:?} {}", b.kind, b.name)).collect();
    assert_eq!(blocks, ["Generator client", "Datasource db", "Model Order", "Model Line", "View Totals", "Enum State"]);
}

#[test]
fn several_files_are_read_in_the_order_of_their_names() {
    let file = |name: &str, model: &str| SourceFile::new(name, format!("model {model} {{\n  id Int @id\n}}\n"));
    let schema = Schema::parse(&[
        file("z.prisma", "Z"),
        file("sub/k.prisma", "K"),
        file("a.prisma", "A"),
        file("Y.prisma", "Y"),
    ])
    .unwrap();
    assert_eq!(schema.models().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Y", "A", "K", "Z"]);
    assert_eq!(schema.files()[0].name, "z.prisma", "files stay in the order given");
    assert_eq!(schema.model("A").unwrap().at.file, "a.prisma");
}

#[test]
fn types_may_be_in_another_file() {
    let one = SourceFile::new("a.prisma", "model A {\n  id Int @id\n  kind Kind\n}\n");
    let two = SourceFile::new("b.prisma", "enum Kind {\n  X\n}\n");
    assert!(Schema::parse(&[one.clone(), two]).is_ok());
    let alone = Schema::parse(&[one]).unwrap_err();
    assert_eq!(alone.to_string(), "type `Kind` of `A.kind` at a.prisma:3:8 is not defined");
    assert!(alone.hint().unwrap().contains("every file"));
}

#[test]
fn what_does_not_resolve_is_named() {
    let model = |lines: &str| format!("model A {{\n  id Int @id\n{lines}\n}}\n");
    assert!(failure(&model("  @@index([nope])")).contains("names the field `nope`"));
    assert!(failure(&model("  id Int")).contains("`id` at schema.prisma:3:3 is defined twice"));
    assert!(failure(&model("  a A? @relation(fields: [x], references: [id])")).contains("`x`"));
    assert!(failure(&model("  @@index([id], type: Tree)")).contains("unknown index type"));
    assert!(failure(&model("  @@map(12)")).contains("takes a string"));
    assert!(failure("model A {\n  id Int\n}\nenum A {\n  X\n}\n").contains("is defined twice"));
}
