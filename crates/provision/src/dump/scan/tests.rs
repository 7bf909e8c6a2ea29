use std::io::Write as _;

use autobot_plan::{Silent, Stop};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const WHOLE: &str = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nCOPY public.\"User\" (id, name) FROM stdin;\n1\tone\n2\t\\\\.\n\\.\n\n\
                     COPY public.empty (id) FROM stdin;\n\\.\n\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n\n";

async fn scan_bytes(bytes: &[u8]) -> Result<Scan> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("dump");
    std::fs::write(&path, bytes).unwrap();
    scan(&path, &Scope { id: "scan", observer: &Silent, stop: &Stop::new() }).await
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn plain_and_gzipped_say_the_same() {
    let plain = scan_bytes(WHOLE.as_bytes()).await.unwrap();
    let packed = scan_bytes(&gzip(WHOLE)).await.unwrap();
    assert_eq!(plain.tables, packed.tables);
    assert_eq!((plain.sql_bytes, packed.sql_bytes), (WHOLE.len() as u64, WHOLE.len() as u64));
    let counts: Vec<_> = plain.tables.iter().map(|(table, rows)| (table.to_string(), *rows)).collect();
    assert_eq!(counts, [("public.User".to_owned(), 2), ("public.empty".to_owned(), 0)]);
    assert_eq!(plain.size, WHOLE.len() as u64);
}

#[tokio::test]
async fn windows_line_ends_and_no_last_newline_will_do() {
    let text = WHOLE.replace('\n', "\r\n");
    assert_eq!(scan_bytes(text.trim_end().as_bytes()).await.unwrap().tables.len(), 2);
}

#[tokio::test]
async fn every_cut_is_noticed() {
    let end = WHOLE.find("complete").unwrap() + "complete".len();
    for cut in 0..end {
        let error = scan_bytes(&WHOLE.as_bytes()[..cut]).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "cut at {cut}: {error}");
    }
    let packed = gzip(WHOLE);
    for cut in 0..packed.len() {
        let error = scan_bytes(&packed[..cut]).await.unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "packed, cut at {cut}: {error}");
    }
}

#[tokio::test]
async fn a_flipped_byte_and_a_second_half_are_noticed() {
    let mut packed = gzip(WHOLE);
    let middle = packed.len() / 2;
    packed[middle] ^= 0x55;
    assert!(matches!(scan_bytes(&packed).await, Err(Error::Damaged { .. })));
    let twice = format!("{WHOLE}create table t ();\n");
    assert!(matches!(scan_bytes(twice.as_bytes()).await, Err(Error::Damaged { .. })));
    assert!(
        matches!(scan_bytes(b"PGDMP\x01").await, Err(Error::Damaged { reason, .. }) if reason.contains("pg_restore"))
    );
}
