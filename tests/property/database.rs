//! A whole database of a seed: tables, rows, indexes, views, triggers, as far as SQLite takes them.

use rusqlite::{Connection, params_from_iter};

use crate::expressions::{condition, value};
use crate::names::{name, quoted};
use crate::random::Random;
use crate::tables::{Column, Table, table};
use crate::values::{Value, fitting, odd};

/// Fills an empty database. Two in three are tame: every value is one that its column means.
pub fn make(seed: u64, connection: &Connection) {
    let mut random = Random::of(seed);
    let random = &mut random;
    let wild = random.chance(33);
    pragmas(random, connection);
    let mut tables: Vec<Table> = Vec::new();
    for number in 0..=random.below(5) {
        let (made, sql) = table(random, number, &tables, wild);
        if connection.execute_batch(&sql).is_ok() {
            tables.push(made);
        }
    }
    // A file without any table is empty, which is another test's matter.
    let _ = connection.execute_batch("create table if not exists \"always there\" (a)");
    for table in &tables {
        indexes(random, connection, table, wild);
    }
    let _ = connection.execute_batch("begin");
    for table in &tables {
        rows(random, connection, table, wild);
    }
    relate(random, connection, &tables);
    if !wild || random.chance(50) {
        without_orphans(connection, &tables);
    }
    let _ = connection.execute_batch("commit");
    forget(random, connection, &tables);
    views(random, connection, &tables, wild);
    triggers(random, connection, &tables);
    if random.chance(10) {
        let _ = connection
            .execute_batch("pragma journal_mode = wal; create table \"wal\" (a); insert into \"wal\" values (1)");
    }
}

fn pragmas(random: &mut Random, connection: &Connection) {
    let encoding = random.pick(&["utf-8", "utf-8", "utf-8", "utf-16le", "utf-16be"]);
    let page = random.pick(&[4096, 4096, 512, 1024, 8192, 65536]);
    let vacuum = random.below(3);
    let sql = format!("pragma encoding = '{encoding}'; pragma page_size = {page}; pragma auto_vacuum = {vacuum}");
    let _ = connection.execute_batch(&sql);
    let _ =
        connection.execute_batch("pragma foreign_keys = off; pragma recursive_triggers = on; pragma synchronous = off");
}

fn rows(random: &mut Random, connection: &Connection, table: &Table, wild: bool) {
    let columns: Vec<&Column> = table.columns.iter().filter(|column| !column.generated).collect();
    let odd_ones: Vec<bool> = columns.iter().map(|_| wild && random.chance(20)).collect();
    for _ in 0..random.pick(&[0, 1, 3, 8, 8, 20]) {
        let mut names = Vec::new();
        let mut values = Vec::new();
        for (column, odd_one) in columns.iter().zip(&odd_ones) {
            // Left out, the default stands.
            if random.chance(8) {
                continue;
            }
            names.push(column.name.as_str());
            values.push(match random.below(10) {
                0 if !column.strict || wild && random.chance(10) => Value::Null,
                1..=4 if *odd_one => odd(random, column.taste.kind),
                _ => fitting(random, column.taste),
            });
        }
        let list = if names.is_empty() {
            " default values".to_owned()
        } else {
            let places: Vec<&str> = values.iter().map(Value::place).collect();
            format!("({}) values ({})", names.join(", "), places.join(", "))
        };
        let sql = format!("insert or ignore into {} {list}", table.name);
        if let Ok(mut statement) = connection.prepare(&sql) {
            let _ = statement.execute(params_from_iter(values.iter().map(Value::parameter)));
        }
    }
}

/// Lets most referring rows refer to a row that is there.
fn relate(random: &mut Random, connection: &Connection, tables: &[Table]) {
    for (at, table) in tables.iter().enumerate() {
        for (own, parent, key) in &table.references {
            let of = tables.get(*parent).unwrap_or(&tables[at]);
            let offset = random.below(4);
            let sets: Vec<String> = own
                .iter()
                .zip(key)
                .map(|(own, key)| {
                    let (column, key) = (&table.columns[*own].name, &of.columns[*key].name);
                    format!("{column} = (select p.{key} from {} as p limit 1 offset {offset})", of.name)
                })
                .collect();
            let _ = connection.execute_batch(&format!("update or ignore {} set {}", table.name, sets.join(", ")));
        }
    }
}

/// Deletes orphans, and what their going makes an orphan.
fn without_orphans(connection: &Connection, tables: &[Table]) {
    for _ in 0..5 {
        for table in tables {
            let literal = table.name.trim_matches('"').replace("\"\"", "\"").replace('\'', "''");
            let by = if table.without_rowid {
                String::new()
            } else {
                format!(" where _rowid_ in (select \"rowid\" from pragma_foreign_key_check('{literal}'))")
            };
            let checked = connection.prepare(&format!("select 1 from pragma_foreign_key_check('{literal}')"));
            let found = checked.and_then(|mut statement| statement.exists([]));
            if found.unwrap_or(false) {
                let _ = connection.execute_batch(&format!("delete from {}{by}", table.name));
            }
        }
    }
}

/// Rows that were there once: ids that must not come again, and free pages.
fn forget(random: &mut Random, connection: &Connection, tables: &[Table]) {
    for table in tables {
        if random.chance(20) && table.key == [0] {
            let id = &table.columns[0].name;
            let highest = random.pick(&["1000", "5000000000", "9223372036854775806", "9223372036854775807"]);
            let sql = format!(
                "insert or ignore into {0} ({id}) values ({highest}); delete from {0} where {id} = {highest}",
                table.name
            );
            let _ = connection.execute_batch(&sql);
        }
    }
}

fn any_column<'t>(random: &mut Random, table: &'t Table) -> &'t Column {
    &table.columns[random.below(table.columns.len())]
}

fn indexes(random: &mut Random, connection: &Connection, table: &Table, wild: bool) {
    for number in 0..random.below(4) {
        let column = any_column(random, table);
        let of = &column.name;
        let keys = match random.below(6) {
            0 => format!("({})", value(random, column.taste.kind, of)),
            1 => format!("{of} collate nocase"),
            2 => format!("{of} desc, {}", any_column(random, table).name),
            3 => format!("{of} collate rtrim asc"),
            4 => format!("lower({of})"),
            _ => of.clone(),
        };
        let by = any_column(random, table);
        let predicate = if random.chance(30) {
            format!(" where {}", condition(random, by.taste.kind, &by.name))
        } else {
            String::new()
        };
        let unique = if random.chance(30) { "unique " } else { "" };
        let own = format!("{}{number}", name(random, wild));
        let _ = connection.execute_batch(&format!(
            "create {unique}index {} on {} ({keys}){predicate}",
            quoted(&own),
            table.name
        ));
    }
}

fn views(random: &mut Random, connection: &Connection, tables: &[Table], wild: bool) {
    for number in 0..random.below(3) {
        if tables.is_empty() {
            return;
        }
        let table = &tables[random.below(tables.len())];
        let column = any_column(random, table);
        let (of, kind) = (&column.name, column.taste.kind);
        let filter = if random.chance(50) { format!(" where {}", condition(random, kind, of)) } else { String::new() };
        let from = &table.name;
        let select = match random.below(6) {
            0 => format!("select * from {from}{filter}"),
            1 => format!("select {} as x, {of} from {from}{filter} order by 1", value(random, kind, of)),
            2 => format!("select {of}, count(*) as n, min({of}), max({of}) from {from}{filter} group by {of}"),
            3 => format!(
                "select sum({of}) s, avg({of}) a, total({of}) t, group_concat({of}) g, count(distinct {of}) from {from}{filter}"
            ),
            4 => format!("select distinct {of} from {from}{filter} order by {of} desc limit 5"),
            _ => {
                let other = &tables[random.below(tables.len())];
                let theirs = any_column(random, other);
                let join = random.pick(&["join", "left join", "cross join"]);
                format!(
                    "select a.{of}, b.{} from {from} as a {join} {} as b on a.{of} = b.{}",
                    theirs.name, other.name, theirs.name
                )
            }
        };
        let own = format!("{}v{number}", name(random, wild));
        let made = connection.execute_batch(&format!("create view {} as {select}", quoted(&own)));
        let works = made.is_ok() && connection.prepare(&format!("select * from {}", quoted(&own))).is_ok();
        if !works {
            let _ = connection.execute_batch(&format!("drop view {}", quoted(&own)));
        }
    }
}

fn triggers(random: &mut Random, connection: &Connection, tables: &[Table]) {
    for number in 0..random.below(3) {
        if tables.is_empty() {
            return;
        }
        let (table, other) = (&tables[random.below(tables.len())], &tables[random.below(tables.len())]);
        let column = any_column(random, table);
        let of = &column.name;
        let event = random.pick(&["insert", "update", "delete"]);
        let row = if event == "delete" { "old" } else { "new" };
        let when = if random.chance(40) {
            format!(" when {}", condition(random, column.taste.kind, &format!("{row}.{of}")))
        } else {
            String::new()
        };
        let action = match random.below(4) {
            0 => format!(
                "update {} set {of} = {} where {of} is {row}.{of}",
                table.name,
                value(random, column.taste.kind, of)
            ),
            1 => format!("delete from {} where {} = {row}.{of}", other.name, any_column(random, other).name),
            2 => {
                format!("insert or ignore into {} ({}) values ({row}.{of})", other.name, any_column(random, other).name)
            }
            _ => format!("select raise(abort, 'no; \"really\"') where {row}.{of} = 5"),
        };
        let time = random.pick(&["after", "before", ""]);
        let sql = format!("create trigger \"tr{number}\" {time} {event} on {}{when} begin {action}; end", table.name);
        let _ = connection.execute_batch(&sql);
    }
}
