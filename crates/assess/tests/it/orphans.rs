use std::fmt::Write as _;

use autobot_catalog::Evidence;
use proptest::prelude::*;

use crate::checks::{of_table, open, scanned, scanned_sql};

/// The number of the foreign key, how many orphans, rowids of the first ones.
fn orphans(evidence: &Evidence, table: &str) -> Vec<(usize, u64, Vec<i64>)> {
    let seen = of_table(evidence, table).orphans.iter();
    seen.map(|(number, seen)| (*number, seen.count, seen.first.iter().filter_map(|place| place.rowid).collect()))
        .collect()
}

#[test]
fn each_kind_of_foreign_key() {
    let evidence = scanned_sql(
        "create table parent (id integer primary key, code text unique, a, b, unique (a, b));
         insert into parent values (1, 'x', 1, 'one'), (2, 'y', 2, 'two');
         create table implicit (p integer references parent);
         insert into implicit values (1), (3), (null), (2), (4);
         create table named (p text references parent(code));
         insert into named values ('x'), ('X'), (null);
         create table composite (a, b, foreign key (a, b) references parent(a, b));
         insert into composite values (1, 'one'), (1, 'two'), (null, 'nowhere'), (7, null), (2.0, 'two');
         create table self (id integer primary key, up integer references self(id));
         insert into self values (1, null), (2, 1), (3, 9);
         create table missing (p integer references nowhere(id));
         insert into missing values (1), (null), (2);
         create table mismatch (p integer references parent(a));
         insert into mismatch values (1), (77)",
    );
    assert_eq!(orphans(&evidence, "implicit"), [(0, 2, vec![2, 5])]);
    assert_eq!(orphans(&evidence, "named"), [(0, 1, vec![2])]);
    assert_eq!(orphans(&evidence, "composite"), [(0, 1, vec![2])]);
    assert_eq!(orphans(&evidence, "self"), [(0, 1, vec![3])]);
    assert_eq!(orphans(&evidence, "missing"), [(0, 2, vec![1, 3])]);
    assert_eq!(orphans(&evidence, "mismatch"), [(0, 1, vec![2])]);
}

/// More keys than are held in memory: SQLite itself looks them up.
#[test]
fn a_large_parent() {
    let sql = "create table \"autobot parent\" (id integer primary key);
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000)
         insert into \"autobot parent\" select i from n;
         create table child (p integer references \"autobot parent\"(id));
         insert into child values (300000), (300001), (null), (-1), (1)";
    assert_eq!(orphans(&scanned_sql(sql), "child"), [(0, 2, vec![2, 4])]);
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        (-2_i64..4).prop_map(|number| number.to_string()),
        (-2_i64..4).prop_map(|number| format!("{number}.0")),
        (-2_i64..4).prop_map(|number| format!("'{number}'")),
        (0_i64..3).prop_map(|number| format!("'{number}.0'")),
        (0_i64..3).prop_map(|number| format!("' {number}'")),
        "[abAB]".prop_map(|text| format!("'{text}'")),
        "[ab]".prop_map(|text| format!("cast('{text}' as blob)")),
        Just("0.5".to_owned()),
        Just("1e300".to_owned()),
        Just("'5e-1'".to_owned()),
        Just("null".to_owned()),
        Just("''".to_owned()),
        Just("9007199254740993".to_owned()),
        Just("9007199254740992.0".to_owned()),
    ]
}

fn declared() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["integer", "text", "blob", "real", "numeric", "", "text collate nocase"])
}

/// Writes one key as text with fewer digits than it has (see [`a_real_as_a_text_key`]). A real column makes the same real of
/// the integer that is one more.
fn is_cut(parent: &str, child: &str, value: &str) -> bool {
    let stored = value == "9007199254740992.0" || child == "real" && value == "9007199254740993";
    parent.starts_with("text") && stored
}

/// SQLite compares what it wrote with 15 digits; the target has all of them, and finds no parent.
#[test]
fn a_real_as_a_text_key() {
    let evidence = scanned_sql(
        "create table parent (a text collate nocase unique); insert into parent values (9007199254740992.0), (9e999), (2.5);
         create table child (b blob references parent (a)); insert into child values (9007199254740992.0), (9e999), (2.5)",
    );
    assert_eq!(orphans(&evidence, "child"), [(0, 1, vec![1])]);
}

#[test]
fn the_parents_collation_decides() {
    let evidence = scanned_sql(
        "create table parent (\"a\" text collate nocase unique); insert into parent values ('b');
         create table child (c integer references parent (a)); insert into child values ('B'), ('c')",
    );
    assert_eq!(orphans(&evidence, "child"), [(0, 1, vec![2])]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn orphans_are_those_of_sqlite(
        types in (declared(), declared(), declared(), declared()),
        parents in prop::collection::vec((literal(), literal()), 0..8),
        children in prop::collection::vec((literal(), literal()), 0..12),
    ) {
        prop_assume!(!children.iter().any(|(c, d)| is_cut(types.0, types.2, c) || is_cut(types.1, types.3, d)));
        let mut sql = format!(
            "pragma synchronous = off; begin;
             create table parent (\"a\" {}, \"b\" {}, unique (\"a\", \"b\"));
             create table child (\"c\" {}, \"d\" {}, foreign key (\"c\", \"d\") references parent (\"a\", \"b\"));\n",
            types.0, types.1, types.2, types.3
        );
        for (a, b) in parents {
            writeln!(sql, "insert or ignore into parent values ({a}, {b});").unwrap();
        }
        for (c, d) in children {
            writeln!(sql, "insert into child values ({c}, {d});").unwrap();
        }
        sql.push_str("commit;");
        let file = autobot_testkit::sqlite(&sql);
        let (connections, _) = open(&file, 1);
        let mut check = connections[0].prepare("select rowid from pragma_foreign_key_check('child')").unwrap();
        let expected: Vec<i64> = check.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let options = autobot_assess::ScanOptions { places_max: 100, ..crate::checks::options() };
        let found = orphans(&scanned(&file, &options), "child");
        let found: Vec<i64> = found.into_iter().flat_map(|(_, _, rowids)| rowids).collect();
        prop_assert_eq!(found, expected, "{}", sql);
    }
}
