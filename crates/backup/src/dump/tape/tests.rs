use super::*;

fn statements(sql: &str) -> Vec<String> {
    let mut tape = Tape::new(sql.as_bytes());
    std::iter::from_fn(|| tape.statement().unwrap()).map(|text| String::from_utf8(text).unwrap()).collect()
}

#[test]
fn quotes_and_comments_hide_ends() {
    let sql = "CREATE TABLE \"a;\"(x DEFAULT 'it''s;', [y;z], `w;`); -- c;\n/*/;*/ /**/SELECT 1;\n";
    let found = statements(sql);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].ends_with("SELECT 1;"));
}

#[test]
fn triggers_end_with_their_end() {
    let trigger = "create temp trigger t after insert on x begin select case 1 when 1 then 2 end; delete from y; END ;";
    let found = statements(&format!("{trigger} select 1;"));
    assert_eq!(found, [trigger, "select 1;"]);
    let named = "CREATE TRIGGER\"end\" AFTER UPDATE ON \"x\" BEGIN UPDATE x SET a=1; END;";
    assert_eq!(statements(&format!("{named}COMMIT;")), [named, "COMMIT;"]);
}

#[test]
fn looks_over_the_edge_of_a_block_and_keeps_no_more_than_asked() {
    let text = format!("{}INSERT INTO \"t\"", " ".repeat(BLOCK_BYTES - 4));
    let mut tape = Tape::new(text.as_bytes());
    tape.spaces().unwrap();
    tape.keep(100);
    assert!(tape.is_at(b"INSERT INTO \"").unwrap());
    assert!(tape.take(b"INSERT INTO \"t\"").unwrap());
    assert_eq!(tape.kept().unwrap(), b"INSERT INTO \"t\"");
    assert!(!tape.is_at(b"x").unwrap());
    let mut tape = Tape::new(text.as_bytes());
    tape.keep(100);
    tape.spaces().unwrap();
    assert!(tape.kept().is_none());
}
