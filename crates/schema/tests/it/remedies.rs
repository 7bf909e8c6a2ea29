//! Every rule that a refusal names works: put into the settings as it stands, beside the first rule of every other problem,
//! nothing is refused any more, and that the rule is in force is said.

use std::collections::BTreeMap;

use autobot_catalog::{Finding, Migration, Severity};
use autobot_prisma::{Schema, SourceFile};
use autobot_schema::write_rules;

use crate::made::assessed;

fn of(migration: &Migration, severity: Severity) -> Vec<&Finding> {
    migration.findings.iter().filter(|finding| finding.severity == severity).collect()
}

/// Rules as one text, keys of one heading together; the first rule to name a key has it.
fn settings(rules: &[&str]) -> String {
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in rules {
        let (heading, keys) = rule.split_once('\n').unwrap();
        let known = tables.entry(heading).or_default();
        for line in keys.lines() {
            let key = line.split(' ').next().unwrap();
            if !known.iter().any(|known| known.split(' ').next() == Some(key)) {
                known.push(line);
            }
        }
    }
    let tables: Vec<String> =
        tables.iter().map(|(heading, keys)| format!("{heading}\n{}\n", keys.join("\n"))).collect();
    let text = tables.concat();
    text.replace("[rules.tables.", "[tables.")
}

/// Follows every remedy of every problem; gives the first rule of each.
#[track_caller]
fn follow(sql: &str, prisma: Option<&str>) -> Vec<String> {
    let models = prisma.map(|models| {
        let text = format!("datasource db {{\n provider = \"sqlite\"\n url = \"file:x.db\"\n}}\n{models}");
        Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
    });
    let refused = assessed(sql, "", models.as_ref());
    let problems = of(&refused, Severity::Problem);
    assert!(!problems.is_empty(), "nothing is refused: {sql}");
    for problem in &problems {
        assert!(!problem.rules.is_empty(), "no rule allows this: {problem:#?}");
        for rule in &problem.rules {
            let others = problems.iter().filter(|other| other != &problem).filter_map(|other| other.rules.first());
            let rules: Vec<&str> = std::iter::once(rule).chain(others).map(String::as_str).collect();
            let rules = settings(&rules);
            let allowed = assessed(sql, &rules, models.as_ref());
            let still = of(&allowed, Severity::Problem);
            assert!(still.is_empty(), "by\n{rules}still: {still:#?}\nof {sql}");
            // That a field of schema.prisma changes its type is said by the program, which changes it.
            let said = !of(&allowed, Severity::Warning).is_empty() || prisma.is_some() && rule.contains("\nas = ");
            assert!(said, "not said: {rules}\nof {sql}");
        }
    }
    let proposed = write_rules(&refused).replace("[rules.tables.", "[tables.");
    let still = assessed(sql, &proposed, models.as_ref());
    assert!(of(&still, Severity::Problem).is_empty(), "{proposed}\n{:#?}", of(&still, Severity::Problem));
    problems.iter().map(|problem| problem.rules[0].split_once('\n').unwrap().1.to_owned()).collect()
}

#[test]
fn of_values_in_plain_columns() {
    let check = |columns: &str, rows: &str, first: &[&str]| {
        let found = follow(
            &format!(
                "create table \"t\\\"\"\" (id integer primary key, {columns}); insert into \"t\\\"\"\" values {rows}"
            ),
            None,
        );
        assert_eq!(found, first, "{columns} {rows}");
    };
    check("n integer", "(1, 'abc'), (2, 3)", &["as = \"text\""]);
    check("n integer not null", "(1, ''), (2, 3)", &["as = \"text\""]);
    check("n integer", "(1, ''), (2, 3)", &["on_invalid = \"null\""]);
    check("n integer", "(1, cast(x'3100' as text)), (2, 3)", &["on_invalid = \"null\""]);
    check("n integer", "(1, 2.5), (2, 9007199254740993)", &["as = \"numeric\""]);
    check("b boolean not null", "(1, 2), (2, 'yes'), (3, '')", &["as = \"text\"", "as = \"text\"", "as = \"text\""]);
    check("b boolean", "(1, x'01'), (2, 'on'), (3, 1)", &["as = \"text\"", "as = \"bytea\""]);
    check("s blob", "(1, x'610062'), (2, 'ok'), (3, 7)", &["as = \"bytea\""]);
    check("s blob not null", "(1, x'ff'), (3, 7)", &["as = \"bytea\""]);
    check("s json", "(1, cast(x'7b7d00' as text)), (2, '[]')", &["on_invalid = \"null\""]);
    check("s jsonb", "(1, '{'), (2, '[1e400]')", &["as = \"text\"", "as = \"text\""]);
    check("s text", "(1, cast(x'6100ff' as text)), (2, 'x')", &["utf8 = \"replace\"\nnul = \"strip\""]);
    check("d date not null", "(1, '0000-00-00'), (2, 0)", &["as = \"text\"", "as = \"text\""]);
    check("d datetime", "(1, 1500000000), (2, 150000000000)", &["unit = \"milliseconds\""]);
    check("d datetime", "(1, 2458849.5), (2, '2020-01-01')", &["unit = \"julian_day\""]);
    check("d datetime", "(1, 'x'), (2, '2020-01-01')", &["as = \"text\""]);
    check("d timestamp", "(1, 722345678.5)", &["unit = \"seconds\""]);
    check("d date", "(1, 19782), (2, 19783)", &["unit = \"days\""]);
    check("d datetime", "(1, 638000000000000000), (2, 638000000000000001)", &["as = \"bigint\""]);
    check("r real", "(1, 'inf'), (2, 1)", &["as = \"text\""]);
    check("r numeric", "(1, 'inf'), (2, '1e999')", &["as = \"text\"", "as = \"text\""]);
    check("r numeric not null", "(1, -9e999), (2, 1)", &["as = \"double precision\""]);
}

#[test]
fn of_a_prisma_application() {
    let follow = |column: &str, rows: &str, field: &str| {
        let sql = format!(
            "create table m (id integer not null primary key autoincrement, {column}); insert into m values {rows}"
        );
        follow(&sql, Some(&format!("model m {{\n id Int @id @default(autoincrement())\n {field}\n}}\n")))
    };
    assert_eq!(follow("n integer not null", "(1, 5215512345678)", "n Int"), ["as = \"bigint\""]);
    // A Boolean with a default never becomes a number, nor anything else that schema.prisma cannot say.
    assert_eq!(
        follow("b boolean not null default false", "(1, 2)", "b Boolean @default(false)"),
        ["on_invalid = \"quarantine\""]
    );
    assert_eq!(follow("b boolean", "(1, 2)", "b Boolean?"), ["on_invalid = \"null\""]);
    assert_eq!(follow("j jsonb not null", "(1, '{'), (2, '[1e400]')", "j Json").len(), 2);
    assert_eq!(follow("d datetime", "(1, 'x')", "d DateTime?"), ["on_invalid = \"null\""]);
    assert_eq!(follow("s text", "(1, null)", "s String"), ["on_invalid = \"quarantine\""]);
}

#[test]
fn of_keys_and_names() {
    let text = "hex(zeroblob(3000))";
    let long = |ddl: &str, row: &str| follow(&format!("{ddl}; insert into t values {row}"), None);
    assert_eq!(long("create table t (s text primary key)", &format!("({text})")), ["long_index = \"hash\""]);
    assert_eq!(
        long("create table t (a int, s text, unique (a, s))", &format!("(1, {text})")),
        ["long_index = \"hash\""]
    );
    assert_eq!(
        long("create table t (a real, s text, unique (a, s))", &format!("(1, {text})")),
        ["long_index = \"skip\""]
    );
    let parent = "create table t (s text not null unique); create table c (id integer primary key, s references t (s))";
    assert_eq!(long(parent, &format!("({text})")), ["long_index = \"hash\""]);
    let keys = "create table t (id integer primary key desc, row_id int); insert into t (row_id) values (1), (2)";
    assert_eq!(follow(keys, None), ["surrogate_key = \"row_id_2\""]);
    let orphans =
        "create table p (id integer primary key); create table c (p references p (id)); insert into c values (5)";
    assert_eq!(follow(&format!("{orphans}, (null)"), None), ["orphans = \"quarantine\""]);
    assert_eq!(follow(orphans, None), ["orphans = \"not_valid\""], "where most rows are orphans the key is wrong");
    follow(&format!("create table \"{}\" (xmin int, \"{}\" int)", "a".repeat(70), "b".repeat(64)), None);
}

#[test]
fn a_parent_in_quarantine_is_told_before_its_children_lose_it() {
    let sql = "create table p (id integer primary key, n integer); insert into p values (1, 'bad'), (2, 5); \
               create table c (id integer primary key, p int references p (id)); insert into c values (1, 1), (2, 2); \
               create table g (id integer primary key, c int references c (id)); insert into g values (1, 1)";
    let aside = "[tables.p.columns.n]\non_invalid = \"quarantine\"\n";
    let refused = assessed(sql, aside, None);
    let problems = of(&refused, Severity::Problem);
    assert_eq!(problems.iter().map(|found| found.table.as_ref().unwrap().as_str()).collect::<Vec<_>>(), ["c"]);
    let also = format!("{aside}[tables.c]\norphans = \"quarantine\"\n");
    let problems = assessed(sql, &also, None);
    let problems = of(&problems, Severity::Problem);
    assert_eq!(problems.iter().map(|found| found.table.as_ref().unwrap().as_str()).collect::<Vec<_>>(), ["g"]);
    let all = format!("{also}[tables.g]\norphans = \"not_valid\"\n");
    let allowed = assessed(sql, &all, None);
    assert_eq!(of(&allowed, Severity::Problem), Vec::<&Finding>::new());
    let keys: Vec<bool> = allowed.target.foreign_keys.iter().map(|key| key.not_valid).collect();
    assert_eq!(keys, [false, true]);
}
