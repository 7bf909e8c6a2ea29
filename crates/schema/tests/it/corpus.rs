//! The corpus: schemas as well-known programs make them. Each must come out on PostgreSQL without an error.

use std::fs;
use std::path::Path;

use crate::made::{decided, made};

#[tokio::test]
async fn every_schema_of_the_corpus_is_made() {
    autobot_testkit::skip_without_postgres!();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let sql = fs::read_to_string(&path).unwrap();
        let migration = decided(&sql);
        println!("{}: {} tables", path.display(), migration.tables.len());
        for finding in &migration.findings {
            println!("  {:?} {}: {}", finding.severity, finding.code, finding.message);
        }
        made(&migration).await;
        count += 1;
    }
    assert!(count >= 1);
}
