//! Translated views give the same rows in both databases; others are left out and named.

use autobot_catalog::Severity;
use sqlx::{AssertSqlSafe, Row as _};

use crate::made::{decided, made};

const TABLES: &str =
    "create table a (id integer primary key, name text, kind text collate nocase, n int, on_it boolean);
create table b (id integer primary key, a int references a, \"Größe\" real, note text default 'x');";

const ROWS: &str = "insert into a (id, name, kind, n, on_it) values (1, 'b', 'X', 5, false), (2, 'B', 'x', null, true), (3, null, 'y', 7, null), (4, 'é', null, -1, true);
insert into b (id, a, \"Größe\", note) values (1, 1, 2.5, 'q'), (2, 1, null, 'r'), (3, 3, -0.5, null), (4, 1, 0.0, 'p');";

const VIEWS: &[&str] = &[
    "create view v as select * from a",
    "create view v as select a.*, b.id, b.note as text_of from a join b on b.a = a.id",
    "create view v (x, y) as select name, n * 2 from a where n > 0 order by name desc",
    "create view v as select upper(name), kind = 'X' k from a where kind = 'x' and on_it = 1 order by 1 = 1, id",
    "create view v as select a.id as i, coalesce(b.\"Größe\", 0.5) + 1 g from a left join b on a.id = b.a and b.note <> 'r'",
    "create view v as select a, count(*) as c, max(note) as m, min(\"Größe\") as s from b group by a having count(*) > 0 order by c",
    "create view v as select count(*), sum(n), max(name) from a",
    "create view v as select distinct on_it from a order by on_it desc",
    "create view v as select x.id, y.id from a x, a as y where x.n < y.n",
    "create view v as select -\"Größe\" as x, \"Größe\" * -1 as y, abs(\"Größe\" * -1) as z, -(\"Größe\" * -1) as w from b",
    "create view v as select case when n is null then 'none' else 'some' end as has, name || '!' from a",
    "create view v as select case when name = 'B' collate nocase then 'B' else '?' end as k from a",
    "create view v as select trim(name collate nocase) as x, id from a order by id",
];

const LEFT_OUT: &[&str] = &[
    "create view v as select name, count(*) from a",
    "create view v as select distinct kind from a",
    "create view v as select id from a union select id from b",
    "create view v as select (select max(id) from b) from a",
    "create view v as select name from a limit 3",
    "create view v as select avg(n) from a",
    "create view v as select group_concat(name) from a group by kind",
    "create view v as with x as (select 1) select * from x",
    "create view v as select rowid from a",
    "create view v as select distinct trim(name collate nocase) from a",
    "create view v as select trim(name collate nocase) as x from a order by x",
    "create view v as select max(trim(name collate nocase)) from a",
    "create view v as select count(distinct trim(name collate nocase)) from a",
    "create view v as select trim(name collate nocase) as x, count(*) from a group by trim(name collate nocase)",
];

#[tokio::test]
async fn translated_views_give_the_same_rows() {
    autobot_testkit::skip_without_postgres!();
    let views: Vec<String> =
        VIEWS.iter().enumerate().map(|(at, view)| view.replacen("view v", &format!("view v{at}"), 1)).collect();
    let schema = format!("{TABLES}{};", views.join(";\n"));
    let migration = decided(&schema);
    let problems: Vec<_> = migration.findings.iter().filter(|finding| finding.code.starts_with("AB063")).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let lite = autobot_testkit::sqlite(&format!("{schema}{ROWS}"));
    let lite = rusqlite::Connection::open(&lite.path).unwrap();
    let database = made(&migration).await;
    database.execute(ROWS).await;
    let mut server = database.connect().await;
    for (at, view) in VIEWS.iter().enumerate() {
        let mut statement = lite.prepare(&format!("select * from v{at}")).unwrap();
        let names: Vec<String> = statement.column_names().iter().map(|name| (*name).to_owned()).collect();
        let mut here: Vec<String> = Vec::new();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            here.push((0..names.len()).map(|column| shown(row.get_ref(column).unwrap())).collect::<Vec<_>>().join("|"));
        }
        let shown = |name: &String| {
            let name = name.replace('"', "\"\"");
            format!(
                "case \"{name}\"::text when 'true' then '1' when 'false' then '0' else coalesce(\"{name}\"::text, 'NULL') end"
            )
        };
        let list: Vec<String> = names.iter().map(shown).collect();
        let sql = format!("select concat_ws('|', {}) from v{at}", list.join(", "));
        let there = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut server).await.unwrap();
        let mut there: Vec<String> = there.iter().map(|row| row.get(0)).collect();
        if !view.contains("order by") {
            here.sort();
            there.sort();
        }
        assert!(!here.is_empty());
        assert_eq!(here, there, "{view}");
    }
}

#[test]
fn what_is_not_plain_is_left_out_and_named() {
    for view in LEFT_OUT {
        let migration = decided(&format!("{TABLES}{view}"));
        let found = migration.findings.iter().find(|finding| finding.code == "AB063 view-left-out");
        let found = found.unwrap_or_else(|| panic!("{view}: {:?}", migration.target.after));
        assert!(found.severity == Severity::Warning && found.message.contains(&view[13..]), "{}", found.message);
        assert!(migration.target.after.is_empty());
    }
}

fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        rusqlite::types::ValueRef::Real(number) => number.to_string(),
        rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
        _ => "NULL".to_owned(),
    }
}
