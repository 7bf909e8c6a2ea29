use super::*;

fn column(name: &str) -> Expr {
    Expr::Column { table: None, name: name.to_owned(), double_quoted: false }
}

#[test]
fn operators_bind_as_in_sqlite() {
    let check = |text: &str, bracketed: &str| assert_eq!(parse_expr(text), parse_expr(bracketed), "{text}");
    check("a or b and not c = d", "a or (b and (not (c = d)))");
    check("a + b * c || d", "a + (b * (c || d))");
    check("a < b = c", "(a < b) = c");
    check("a = b < c", "a = (b < c)");
    check("a & b < c", "(a & b) < c");
    check("-a || b", "(-a) || b");
    check("a is not null and b notnull", "(a is not null) and (b is not null)");
    check("a between 1 and 2 and b", "(a between 1 and 2) and b");
    check("a like 'x' || 'y'", "a like ('x' || 'y')");
    check("not a in (1)", "not (a in (1))");
    check("a -> 'x' = 1", "(a -> 'x') = 1");
    check("a collate nocase = b", "(a collate nocase) = b");
    check("a is not distinct from b", "a is b");
}

#[test]
fn odd_names_and_literals() {
    assert_eq!(parse_expr("[a b]").unwrap(), column("a b"));
    assert_eq!(parse_expr("`a``b`").unwrap(), column("a`b"));
    assert_eq!(parse_expr("'it''s' -- why\n").unwrap(), Expr::Text("it's".to_owned()));
    assert_eq!(parse_expr("/* x */ x'0F'").unwrap(), Expr::Blob("0F".to_owned()));
    assert_eq!(parse_expr("-1_000").unwrap(), Expr::Number("-1000".to_owned()));
    assert_eq!(parse_expr("main.t.c").unwrap(), parse_expr("t.c").unwrap());
    for wrong in
        ["", "a +", "(a", "a b", "'open", "x'0'", "select 1", "(select 1)", "a in (select 1)", "?1", "exists(select 1)"]
    {
        assert!(parse_expr(wrong).is_err(), "{wrong}");
    }
    assert!(parse_expr(&"(".repeat(5000)).is_err(), "no stack is deep enough for everything");
}

#[test]
fn a_table_with_everything() {
    let table = parse_table(
        "CREATE TABLE \"main\".[t t] (a INTEGER CONSTRAINT k PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT NOT NULL, \
         'b' \"odd type\" (1, 2) DEFAULT (1 + (2)) COLLATE nocase CHECK (b <> ')') -- comment, (\n, \
         c text DEFAULT -5 REFERENCES p(x) ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL DEFERRABLE INITIALLY DEFERRED, \
         d AS (a || b) STORED, e, \
         CONSTRAINT u UNIQUE (a, b COLLATE rtrim DESC) ON CONFLICT IGNORE CONSTRAINT chk CHECK (a > 0) \
         FOREIGN KEY (c, e) REFERENCES q NOT DEFERRABLE) WITHOUT ROWID, STRICT",
    )
    .unwrap();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert_eq!(table.columns[1].collation.as_deref(), Some("nocase"));
    assert_eq!(table.columns[3].generated.as_deref(), Some("a || b"));
    let checks = [(None, "b <> ')'".to_owned()), (Some("chk".to_owned()), "a > 0".to_owned())];
    assert_eq!(table.checks, checks);
    assert_eq!(table.foreign_keys.len(), 2);
    assert!(table.foreign_keys[0].deferred && !table.foreign_keys[1].deferred);
    assert_eq!(table.foreign_keys[1].columns, ["c", "e"]);
    assert_eq!(table.named_keys[1], ("u".to_owned(), vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(table.conflict_clauses, ["ON CONFLICT REPLACE", "ON CONFLICT IGNORE"]);
    assert!(table.autoincrement);
}

#[test]
fn indexes_and_virtual_tables() {
    let index =
        parse_index("CREATE UNIQUE INDEX i ON t (lower(a) COLLATE nocase DESC, 'b', \"c\") WHERE x > 1; ").unwrap();
    assert_eq!(index.columns[0].text, "lower(a)");
    assert_eq!(index.columns[0].column, None);
    assert_eq!(index.columns[1].column.as_deref(), Some("b"));
    assert_eq!(index.predicate.as_deref(), Some("x > 1"));
    let table =
        parse_virtual_table("CREATE VIRTUAL TABLE f USING FTS5 (a, b UNINDEXED, content = 't', tokenize = 'x y')")
            .unwrap();
    assert_eq!((table.module.as_str(), table.option("content").as_deref()), ("fts5", Some("t")));
}

/// No text, however broken, makes a parser panic or run away.
#[test]
fn broken_texts_are_errors() {
    let whole = "CREATE TABLE t (a int check (case when a in (1,2) then 'é' else x'00' end), b [c d] default \"x\", \
                 foreign key (a) references p (b) on delete cascade) /* end */";
    let boundaries = (0..whole.len()).filter(|at| whole.is_char_boundary(*at));
    for at in boundaries {
        let (before, after) = whole.split_at(at);
        for text in [before.to_owned(), after.to_owned(), format!("{before}'{after}"), format!("{before}({after}")] {
            let _ = (
                parse_table(&text),
                parse_index(&text),
                parse_expr(&text),
                parse_view(&text),
                parse_virtual_table(&text),
            );
        }
    }
}
