use std::fs;
use std::path::{Path, PathBuf};

use autobot_prisma::{Flavor, Schema, SourceFile, postgres_ddl};

/// Each directory of fixtures: the schema, the SQL that Prisma wrote, and the version that wrote it.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut out: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    out.sort();
    out
}

fn schema_of(fixture: &Path) -> Schema {
    let text = fs::read_to_string(fixture.join("schema.prisma")).unwrap();
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
}

fn flavor_of(fixture: &Path) -> Flavor {
    let version = fs::read_to_string(fixture.join("VERSION")).unwrap();
    Flavor::of_version(version.trim().trim_start_matches("prisma ")).unwrap()
}

/// Names the first line that differs: a whole migration is too long to read.
fn assert_same(name: &str, expected: &str, ours: &str) {
    for (number, (want, got)) in expected.lines().zip(ours.lines()).enumerate() {
        assert_eq!(want, got, "{name}, line {}", number + 1);
    }
    assert_eq!(expected, ours, "{name}");
}

#[test]
fn ddl_equals_prismas_own() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 13, "fixtures are missing");
    for fixture in fixtures {
        let expected = fs::read_to_string(fixture.join("expected.sql")).unwrap();
        let ddl = postgres_ddl(&schema_of(&fixture), flavor_of(&fixture)).unwrap();
        assert_same(&fixture.display().to_string(), &expected, &ddl.migration_sql());
    }
}
