//! Foreign keys over numbers that become texts: SQLite holds 1 and 1.0 for equal, as texts they are two.

use autobot_catalog::Severity;

use crate::made::assessed;

/// Columns and rows of a parent and of its child, and whether the foreign key between them goes over. `odd` becomes a text
/// where not all that it holds are numbers.
const KEYS: &[(&str, &str, &str, &str, bool)] = &[
    ("k floating_odd", "(1), ('{}'), (2.5)", "k odd", "(1)", false),
    ("k floating_odd", "(1), ('{}'), (2.5)", "k odd", "(2.5), ('{}')", true),
    ("k floating_odd", "(1), ('{}'), (2.5)", "k floating_odd", "(1), ('{}')", true),
    ("k floating_odd", "(0.0), ('{}')", "k", "(-0.0)", false),
    ("k odd", "(7), ('x')", "k floating_odd", "(7)", false),
    ("k odd", "(7), ('x')", "k odd", "(7), ('x')", true),
    ("k odd", "(7), ('x')", "k", "('7'), ('x')", true),
    ("k odd", "(7), ('x')", "k text", "('007')", false),
    ("k odd", "(7), ('x')", "k", "('007')", false),
    ("k odd", "('y'), ('x')", "k text", "('x')", true),
    ("k text", "('7'), ('7.0')", "k integer", "(7)", true),
    ("k text", "('7'), ('7.0')", "k floating_odd", "(7)", true),
    ("k integer", "(7)", "k real", "(7)", true),
    ("a text, k floating_odd", "('A', 1), ('b', '{}')", "a text, k odd", "('A', 1)", false),
    ("a text, k floating_odd", "('A', 1), ('b', '{}')", "a text, k floating_odd", "('A', 1)", true),
];

/// The same by rules that make texts of all columns `k`.
const TEXTS: &str = "[tables.p.columns.k]\nas = \"text\"\n[tables.c.columns.k]\nas = \"text\"";

#[test]
fn numbers_that_become_other_texts_are_no_key() {
    let by_rule = ("k real", "(1), ('x')", "k integer", "(1)", false);
    let cases = KEYS.iter().map(|key| (key, "")).chain([(&by_rule, TEXTS), (&KEYS[0], TEXTS)]);
    for ((parent, parents, child, children, kept), rules) in cases {
        let names = if parent.starts_with('a') { "a, k" } else { "k" };
        let sql = format!(
            "create table p ({parent}, primary key ({names})); insert into p values {parents};
             create table c ({child}, foreign key ({names}) references p); insert into c values {children};"
        );
        let lite = autobot_testkit::sqlite(&sql);
        let lite = rusqlite::Connection::open(&lite.path).unwrap();
        let orphans: i64 =
            lite.query_row("select count(*) from pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        assert_eq!(orphans, 0, "{sql}");
        let migration = assessed(&sql, rules, None);
        let shown = format!("{sql}\n{:#?}", migration.findings);
        assert!(migration.findings.iter().all(|finding| finding.severity != Severity::Problem), "{shown}");
        assert_eq!(migration.target.foreign_keys.len(), usize::from(*kept), "{shown}");
        let said = migration.findings.iter().any(|finding| finding.code == "AB111 foreign-key-spelling");
        assert_eq!(said, !kept, "{shown}");
    }
}
