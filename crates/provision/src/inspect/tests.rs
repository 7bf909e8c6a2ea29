use super::*;

fn sound() -> Inspection {
    Inspection {
        version_number: 150_018,
        version: "15.18".to_owned(),
        database: "autobot".to_owned(),
        encoding: "UTF8".to_owned(),
        role: "bot".to_owned(),
        superuser: false,
        may_create_schemas: true,
        schema: "public".to_owned(),
        may_create_tables: true,
        contents: Contents { with_rows: Vec::new(), empty: Vec::new() },
    }
}

fn tables(names: &[&str]) -> Vec<QualifiedName> {
    let schema = SchemaName::new("public").unwrap();
    names.iter().map(|name| QualifiedName { schema: schema.clone(), table: TableName::new(*name).unwrap() }).collect()
}

#[track_caller]
fn check(inspection: &Inspection, expected: &str) {
    let error = inspection.check(Expect::NoRows).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert!(error.hint().is_some());
}

#[test]
fn a_sound_target_passes_without_a_note() {
    sound().check(Expect::NoRows).unwrap();
    assert!(sound().notes().is_empty());
}

#[test]
fn each_obstacle_has_its_words() {
    let old = Inspection { version_number: 110_022, version: "11.22".to_owned(), ..sound() };
    check(&old, "the server is PostgreSQL 11.22; 12 is the oldest that will do");
    let ascii = Inspection { encoding: "SQL_ASCII".to_owned(), ..sound() };
    check(&ascii, "database `autobot` has the encoding SQL_ASCII, not UTF8");
    let barred = Inspection { may_create_tables: false, ..sound() };
    check(&barred, "role `bot` lacks the right to create tables in schema `public` of database `autobot`");
    let names = ["A", "B", "C", "D", "E", "F", "G", PRISMA_LOG];
    let full = Inspection { contents: Contents { with_rows: tables(&names), empty: Vec::new() }, ..sound() };
    check(&full, "schema `public` of database `autobot` is not empty: `A`, `B`, `C`, `D`, `E` and 2 more");
    full.check(Expect::Anything).unwrap();
}

#[test]
fn what_prisma_logged_is_no_content() {
    let migrated = Contents { with_rows: tables(&[PRISMA_LOG]), empty: tables(&["User"]) };
    let inspection = Inspection { contents: migrated, ..sound() };
    inspection.check(Expect::NoRows).unwrap();
    assert_eq!(inspection.notes().len(), 1);
}
