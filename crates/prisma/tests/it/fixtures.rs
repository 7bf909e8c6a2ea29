use std::fs;
use std::path::{Path, PathBuf};

use autobot_prisma::{Flavor, Schema, SourceFile, StatementKind, postgres_ddl};

/// A schema, the SQL that Prisma wrote for it, and the version that wrote it.
pub(crate) struct Fixture {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) expected: String,
    pub(crate) version: String,
}

impl Fixture {
    pub(crate) fn named(name: &str) -> Self {
        Self::read(&root().join(name))
    }

    pub(crate) fn all() -> Vec<Self> {
        let mut directories: Vec<PathBuf> =
            fs::read_dir(root()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
        directories.sort();
        assert!(directories.len() >= 24, "fixtures are missing");
        directories.iter().map(|d| Self::read(d)).collect()
    }

    pub(crate) fn schema(&self) -> Schema {
        Schema::parse(&[SourceFile::new("schema.prisma", self.text.as_str())]).unwrap()
    }

    pub(crate) fn flavor(&self) -> Flavor {
        Flavor::of_version(&self.version).unwrap()
    }

    fn read(directory: &Path) -> Self {
        let file = |name: &str| fs::read_to_string(directory.join(name)).unwrap();
        Self {
            name: directory.file_name().unwrap().to_string_lossy().into_owned(),
            text: file("schema.prisma"),
            expected: file("expected.sql"),
            version: file("VERSION").trim().trim_start_matches("prisma ").to_owned(),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Names the first line that differs: a whole migration is too long to read.
pub(crate) fn assert_same(name: &str, expected: &str, ours: &str) {
    for (number, (want, got)) in expected.lines().zip(ours.lines()).enumerate() {
        assert_eq!(want, got, "{name}, line {}", number + 1);
    }
    assert_eq!(expected, ours, "{name}");
}

#[test]
fn ddl_equals_prismas_own() {
    for fixture in Fixture::all() {
        let ddl = postgres_ddl(&fixture.schema(), fixture.flavor()).unwrap();
        assert_same(&fixture.name, &fixture.expected, &ddl.migration_sql());
    }
}

#[test]
fn keys_taken_out_of_tables_are_added_once() {
    for fixture in Fixture::all() {
        let ddl = postgres_ddl(&fixture.schema(), fixture.flavor()).unwrap();
        for table in &ddl.tables {
            let (whole, bare) = (table.create().sql, table.create_without_primary_key().sql);
            let Some(key) = table.add_primary_key() else {
                assert_eq!(whole, bare, "{}", fixture.name);
                continue;
            };
            assert_eq!(key.kind, StatementKind::AlterTable);
            let constraint = &key.sql[key.sql.find(" ADD CONSTRAINT ").unwrap() + " ADD ".len()..];
            let rebuilt = format!("{},\n\n    {constraint}\n)", bare.strip_suffix("\n)").unwrap());
            assert_eq!(whole, rebuilt, "{}", fixture.name);
        }
    }
}

#[test]
fn every_table_and_column_leads_back_to_its_field() {
    for fixture in Fixture::all() {
        let schema = fixture.schema();
        let ddl = postgres_ddl(&schema, fixture.flavor()).unwrap();
        for table in ddl.tables.iter().filter(|t| t.model.is_some()) {
            for column in &table.columns {
                let (model, field) = schema.column(&table.name, &column.name).unwrap();
                assert_eq!(Some(&model.name), table.model.as_ref());
                assert_eq!(Some(&field.name), column.field.as_ref());
                assert_eq!(ddl.column(&table.name, &column.name), Some(column));
            }
        }
    }
}

#[test]
fn fixtures_have_no_blockers() {
    for fixture in Fixture::all() {
        let found = fixture.schema().postgres_findings();
        let blockers: Vec<_> = found.iter().filter(|f| f.severity == autobot_prisma::Severity::Blocker).collect();
        assert!(blockers.is_empty(), "{}: {blockers:?}", fixture.name);
    }
}
