//! Tables: declared types of all sorts, keys of all sorts, and rows.

use crate::expressions::{condition, value};
use crate::names::{name, quoted};
use crate::random::Random;
use crate::values::{Kind, Taste};

/// A table as it was made.
pub struct Table {
    /// Its name in double quotes.
    pub name: String,
    pub columns: Vec<Column>,
    pub without_rowid: bool,
    /// Columns of a key that a foreign key can refer to; none for a table without one.
    pub key: Vec<usize>,
    /// Foreign keys: own columns, parent (its place in the list), parent's columns.
    pub references: Vec<(Vec<usize>, usize, Vec<usize>)>,
}

/// A column as it was made.
#[derive(Clone)]
pub struct Column {
    /// Its name in double quotes.
    pub name: String,
    pub taste: Taste,
    pub generated: bool,
    /// Not to be NULL, and not odd.
    pub strict: bool,
}

const DECLARED: &[(&str, Kind)] = &[
    ("integer", Kind::Integer),
    ("INT", Kind::Integer),
    ("bigint", Kind::Integer),
    ("tinyint(1)", Kind::Integer),
    ("BIGINT UNSIGNED", Kind::Integer),
    ("smallint", Kind::Integer),
    ("real", Kind::Real),
    ("DOUBLE PRECISION", Kind::Real),
    ("float", Kind::Real),
    ("numeric", Kind::Numeric),
    ("decimal(10,2)", Kind::Numeric),
    ("DECIMAL", Kind::Numeric),
    ("number(8)", Kind::Numeric),
    ("text", Kind::Text),
    ("TEXT", Kind::Text),
    ("varchar(10)", Kind::Text),
    ("text collate nocase", Kind::Text),
    ("text collate rtrim", Kind::Text),
    ("nvarchar(255)", Kind::Text),
    ("clob", Kind::Text),
    ("character varying (20)", Kind::Text),
    ("boolean", Kind::Boolean),
    ("BOOL", Kind::Boolean),
    ("datetime", Kind::Moment),
    ("timestamp", Kind::Moment),
    ("timestamptz", Kind::Moment),
    ("date", Kind::Date),
    ("time", Kind::Time),
    ("json", Kind::Json),
    ("jsonb", Kind::Json),
    ("blob", Kind::Blob),
    ("bytea", Kind::Blob),
    ("uuid", Kind::Uuid),
    // No type, or one that means nothing.
    ("", Kind::Integer),
    ("", Kind::Text),
    ("", Kind::Real),
    ("", Kind::Blob),
    ("", Kind::Moment),
    ("point", Kind::Integer),
    ("string", Kind::Text),
    ("TEXT[]", Kind::Text),
    ("byte[]", Kind::Blob),
    ("any thing", Kind::Text),
    ("money", Kind::Numeric),
    ("floating decimal", Kind::Real),
    ("enum('a','b')", Kind::Text),
    ("\"odd type\"", Kind::Text),
    ("null", Kind::Text),
    ("int(11) unsigned zerofill", Kind::Integer),
    ("varchar(max)", Kind::Text),
    ("double(10, -2)", Kind::Real),
];
const STRICT: &[(&str, Kind)] = &[
    ("int", Kind::Integer),
    ("integer", Kind::Integer),
    ("real", Kind::Real),
    ("text", Kind::Text),
    ("blob", Kind::Blob),
    ("any", Kind::Text),
    ("any", Kind::Integer),
    ("ANY", Kind::Blob),
    ("text", Kind::Moment),
    ("text", Kind::Json),
];
const DEFAULTS: &[&str] = &[
    "0",
    "1",
    "-1",
    "'x'",
    "''",
    "\"dq\"",
    "null",
    "current_timestamp",
    "(1 + 1)",
    "-1.5",
    "x'00ff'",
    "true",
    "'2020-01-01'",
    "(datetime('now'))",
    "(abs(-3))",
    "'{}'",
    "(random())",
    "1e30",
    "current_date",
    "(strftime('%s', 'now'))",
    "bare",
    "+5",
    "9223372036854775808",
    "0x1F",
    "'it''s'",
    "(lower('ABC'))",
    "(unixepoch())",
    "('a' || 'b')",
    "(hex(randomblob(8)))",
    "(datetime('now', 'localtime'))",
    "current_time",
    "('\\')",
    "(json('[1]'))",
    "- 5",
    "(null)",
    "''';drop table x;--'",
    "false",
];
const ACTIONS: &[&str] = &[
    "",
    "",
    " on delete cascade",
    " on update set null",
    " on delete set default",
    " on delete restrict on update cascade",
    " deferrable initially deferred",
    " on delete no action not deferrable",
    " match full",
];

/// The table of this number; `before` are those that it can refer to.
pub fn table(random: &mut Random, number: usize, before: &[Table], wild: bool) -> (Table, String) {
    let strict = random.chance(12);
    let without_rowid = random.chance(12);
    let mut taken: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    let mut lines = Vec::new();
    let alias = !without_rowid && random.chance(50);
    if alias {
        let word = if strict { "integer" } else { random.pick(&["integer", "INTEGER", "Integer"]) };
        let name = quoted(if random.chance(70) { "id" } else { random.pick(&["Id", "rowid", "key", "№"]) });
        let ending = random.pick(&["", "", " autoincrement", " not null", " check (1)"]);
        taken.push(name.to_lowercase());
        lines.push(format!("{name} {word} primary key{ending}"));
        columns.push(column(name, Taste { kind: Kind::Integer, way: 0, long: false }, true));
    }
    for at in 0..=random.below(6) {
        let mut own = name(random, wild);
        if taken.contains(&quoted(&own).to_lowercase()) {
            own.push_str(&at.to_string());
        }
        let own = quoted(&own);
        if taken.contains(&own.to_lowercase()) {
            continue;
        }
        taken.push(own.to_lowercase());
        let (declared, kind) = random.pick(if strict { STRICT } else { DECLARED });
        let taste = Taste { kind, way: random.below(5), long: random.chance(10) };
        let (line, made) = column_line(random, own, declared, taste);
        lines.push(line);
        columns.push(made);
    }
    let own = quoted(&own_name(random, number, before, wild));
    let mut table = Table { name: own, columns, without_rowid, key: Vec::new(), references: Vec::new() };
    generated(random, &mut table, &mut lines, strict);
    key(random, &mut table, &mut lines, alias);
    references(random, &mut table, before, &mut lines);
    if random.chance(20) {
        let at = random.below(table.columns.len());
        let check = condition(random, table.columns[at].taste.kind, &table.columns[at].name);
        lines.push(format!("constraint {} check ({check})", quoted(&name(random, wild))));
    }
    let options = [without_rowid.then_some("without rowid"), strict.then_some("strict")];
    let options = options.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let sql = format!("create table {} ({}) {options}", table.name, lines.join(", "));
    (table, sql)
}

fn own_name(random: &mut Random, number: usize, before: &[Table], wild: bool) -> String {
    let own = name(random, wild);
    let taken = before.iter().any(|table| table.name.to_lowercase() == quoted(&own).to_lowercase());
    if taken || random.chance(30) { format!("{own}{number}") } else { own }
}

fn column(name: String, taste: Taste, strict: bool) -> Column {
    Column { name, taste, generated: false, strict }
}

fn column_line(random: &mut Random, name: String, declared: &str, taste: Taste) -> (String, Column) {
    let mut line = format!("{name} {declared}");
    let not_null = random.chance(25);
    if not_null {
        line.push_str(random.pick(&[
            " not null",
            " NOT NULL",
            " not null on conflict ignore",
            " constraint nn not null",
        ]));
    }
    if random.chance(35) {
        line.push_str(&format!(" default {}", random.pick(DEFAULTS)));
    }
    if random.chance(12) {
        line.push_str(random.pick(&[" unique", " unique", " unique on conflict replace"]));
    }
    if random.chance(20) {
        line.push_str(&format!(" check ({})", condition(random, taste.kind, &name)));
    }
    (line, column(name, taste, not_null))
}

fn generated(random: &mut Random, table: &mut Table, lines: &mut Vec<String>, strict: bool) {
    if !random.chance(30) {
        return;
    }
    let at = random.below(table.columns.len());
    let of = table.columns[at].clone();
    let expression = value(random, of.taste.kind, &of.name);
    let declared = if strict {
        random.pick(&["any", "text", "int"])
    } else {
        random.pick(&["", "text", "integer", "real", "any", "blob"])
    };
    let words = random.pick(&["as", "generated always as"]);
    let stored = random.pick(&["", " stored", " virtual"]);
    lines.push(format!("\"gen\" {declared} {words} ({expression}){stored}"));
    table.columns.push(Column { name: "\"gen\"".to_owned(), generated: true, ..of });
}

fn key(random: &mut Random, table: &mut Table, lines: &mut Vec<String>, alias: bool) {
    let plain: Vec<usize> = (0..table.columns.len()).filter(|at| !table.columns[*at].generated).collect();
    if alias {
        table.key = vec![0];
    } else if table.without_rowid || random.chance(60) {
        let count = 1 + random.below(plain.len().min(3));
        let first = random.below(plain.len() - count + 1);
        let mut of: Vec<usize> = plain[first..first + count].to_vec();
        if random.chance(30) {
            of.reverse();
        }
        for at in &of {
            table.columns[*at].strict = true;
        }
        let order = random.pick(&["", "", "", " desc", " collate nocase"]);
        lines.push(format!("primary key ({}{order})", listed(table, &of)));
        table.key = of;
    }
    if random.chance(25) {
        let count = 1 + random.below(plain.len().min(2));
        let of = plain[plain.len() - count..].to_vec();
        lines.push(format!("unique ({})", listed(table, &of)));
        if table.key.is_empty() {
            table.key = of;
        }
    }
}

fn references(random: &mut Random, table: &mut Table, before: &[Table], lines: &mut Vec<String>) {
    for _ in 0..random.below(3) {
        // One beyond the last is the table itself.
        let parent = random.below(before.len() + 1);
        let (name, key) = before.get(parent).map_or((&table.name, &table.key), |parent| (&parent.name, &parent.key));
        let may = |at: &usize| !table.columns[*at].generated && !table.key.contains(at);
        let free: Vec<usize> = (0..table.columns.len()).filter(may).collect();
        if key.is_empty() || free.len() < key.len() {
            continue;
        }
        let own = free[free.len() - key.len()..].to_vec();
        let of = before.get(parent).unwrap_or(table);
        let named = if random.chance(40) { String::new() } else { format!(" ({})", listed(of, key)) };
        let columns = listed(table, &own);
        lines.push(format!("foreign key ({columns}) references {name}{named}{}", random.pick(ACTIONS)));
        let key = key.clone();
        table.references.push((own, parent, key));
    }
}

/// Columns by their places, as a list.
pub fn listed(table: &Table, columns: &[usize]) -> String {
    columns.iter().map(|at| table.columns[*at].name.as_str()).collect::<Vec<_>>().join(", ")
}
