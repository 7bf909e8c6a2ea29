//! Keys, NOT NULL, unique indexes, foreign keys and sequences of the target against those of the file.

use crate::allowed::Allowed;
use crate::case::{Case, Run};
use crate::compare::{columns, literal};
use crate::names::quoted;
use crate::source::{Index, Relation, Source};

/// Warnings that say that a foreign key is not there as it was.
const FOREIGN_KEY_WARNINGS: &[&str] = &[
    "no-parent-table",
    "parent-not-unique",
    "foreign-key-types",
    "foreign-key-spelling",
    "orphans-kept",
    "key-collation",
];

/// A unique index of the target: plain columns, none where it is over expressions; a condition or none.
struct Unique {
    columns: Option<Vec<String>>,
    partial: bool,
    primary: bool,
}

/// Everything that the target lacks, or has too much of, and nobody was told.
pub fn differences(case: &Case, source: &Source, run: &Run, allowed: &Allowed) -> Vec<String> {
    let mut found = Vec::new();
    for table in source.relations().iter().filter(|relation| !relation.is_view) {
        let target = allowed.table(&table.name);
        if allowed.skips(&table.name) || columns(case, &target).is_empty() {
            continue;
        }
        not_null(case, table, &target, allowed, &mut found);
        unique(case, source, table, &target, run, allowed, &mut found);
        foreign_keys(case, source, table, &target, run, &mut found);
        next_id(case, source, table, &target, run, allowed, &mut found);
    }
    found
}

fn not_null(case: &Case, table: &Relation, target: &str, allowed: &Allowed, found: &mut Vec<String>) {
    let columns = columns(case, target);
    for column in table.columns.iter().filter(|column| column.not_null) {
        let name = allowed.column(&table.name, &column.name);
        if !columns.iter().any(|target| target.name == name && target.not_null) {
            found.push(format!("{:?}.{name:?} is not NOT NULL", table.name));
        }
    }
}

fn unique_of_target(case: &Case, target: &str) -> Vec<Unique> {
    let sql = format!(
        "select array_to_string(array(select quote_ident(attname) from unnest(indkey::int[]) with ordinality k(n, at) \
             join pg_attribute on attrelid = indrelid and attnum = n where at <= indnkeyatts order by at), ','), \
             (0 = any (indkey::int[]))::text, (indpred is not null)::text, indisprimary::text \
         from pg_index where indrelid = to_regclass({}) and indisunique and indisvalid",
        literal(&format!("public.{}", quoted(target)))
    );
    let is = |text: &Option<String>| text.as_deref() == Some("true");
    let unique = |row: Vec<Option<String>>| Unique {
        columns: (!is(&row[1])).then(|| split(row[0].as_deref().unwrap_or_default())),
        partial: is(&row[2]),
        primary: is(&row[3]),
    };
    case.texts(&sql).unwrap().into_iter().map(unique).collect()
}

/// Names of a list as `quote_ident` writes them.
fn split(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut inside = false;
    let mut characters = list.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if inside && characters.peek() == Some(&'"') => {
                characters.next();
                names.last_mut().unwrap().push('"');
            }
            '"' => inside = !inside,
            ',' if !inside => names.push(String::new()),
            other => names.last_mut().unwrap().push(other),
        }
    }
    names
}

fn unique(
    case: &Case,
    source: &Source,
    table: &Relation,
    target: &str,
    run: &Run,
    allowed: &Allowed,
    found: &mut Vec<String>,
) {
    let theirs = unique_of_target(case, target);
    let indexes = source.indexes(&table.name);
    let mut key: Vec<_> = table.columns.iter().filter(|column| column.key > 0).collect();
    key.sort_by_key(|column| column.key);
    let key: Vec<String> = key.iter().map(|column| allowed.column(&table.name, &column.name)).collect();
    let has_key = theirs.iter().any(|index| index.primary && index.columns.as_ref() == Some(&key));
    let said = allowed.surrogate(&table.name) || run.count(&table.name, &["index-left-out", "hash-index"]) > 0;
    if !key.is_empty() && !has_key && !said {
        found.push(format!("{:?} has no primary key over {key:?}", table.name));
    }
    let plain = |index: &Index| -> Option<Vec<String>> {
        index.columns.iter().map(|(name, _)| Some(allowed.column(&table.name, name.as_ref()?))).collect()
    };
    for index in indexes.iter().filter(|index| index.unique) {
        let binary = index.columns.iter().all(|(_, collation)| collation == "BINARY");
        let columns = plain(index);
        // A condition that is always true is none.
        let full = || {
            columns.as_ref() == Some(&key)
                || indexes.iter().any(|full| full.unique && !full.partial && plain(full) == columns)
        };
        let same = |other: &&Unique| {
            (index.partial == other.partial || index.partial && full())
                && (columns.is_none() || !binary || other.columns == columns)
        };
        let said = run.says(&index.name)
            || run.count(&table.name, &["index-left-out", "hash-index"]) > 0
            || (index.origin == "pk" && allowed.surrogate(&table.name));
        if !theirs.iter().any(|other| same(&other)) && !said {
            found.push(format!("{:?} lost its unique index {:?}, and nobody said so", table.name, index.name));
        }
    }
    // What is unique in the target must be so in the source: of the same columns, and all rows.
    for other in theirs.iter().filter(|other| !other.partial && !other.primary) {
        let full = |index: &&Index| {
            index.unique
                && !index.partial
                && (other.columns.is_none() || plain(index).is_none_or(|own| Some(own) == other.columns))
        };
        if !indexes.iter().any(|index| full(&index)) {
            found.push(format!("{:?} is unique over {:?} in the target only", table.name, other.columns));
        }
    }
}

fn foreign_keys(case: &Case, source: &Source, table: &Relation, target: &str, run: &Run, found: &mut Vec<String>) {
    let sql = format!("select count(distinct id) from pragma_foreign_key_list({})", literal(&table.name));
    let ours = usize::try_from(source.number(&sql).unwrap_or(0)).unwrap();
    let sql = format!(
        "select count(*)::text from pg_constraint where contype = 'f' and conrelid = to_regclass({})",
        literal(&format!("public.{}", quoted(target)))
    );
    let theirs: usize = case.value(&sql).parse().unwrap();
    let said = run.count(&table.name, FOREIGN_KEY_WARNINGS);
    if theirs > ours || theirs + said < ours {
        found.push(format!("{:?} has {ours} foreign keys, {theirs} in the target, {said} said", table.name));
    }
}

/// The next id is beyond every id that was ever given out.
fn next_id(
    case: &Case,
    source: &Source,
    table: &Relation,
    target: &str,
    run: &Run,
    allowed: &Allowed,
    found: &mut Vec<String>,
) {
    let key: Vec<_> = table.columns.iter().filter(|column| column.key > 0).collect();
    let [only] = key[..] else { return };
    let sql = format!(
        "select count(*) from pragma_table_list where schema = 'main' and name = {} and wr = 0",
        literal(&table.name)
    );
    let by_rowid =
        source.number(&sql) == Some(1) && !source.indexes(&table.name).iter().any(|index| index.origin == "pk");
    if !by_rowid || allowed.surrogate(&table.name) {
        return;
    }
    let highest =
        source.number(&format!("select max({}) from {}", quoted(&only.name), quoted(&table.name))).unwrap_or(0);
    let has_sequences = source.number("select count(*) from sqlite_schema where name = 'sqlite_sequence'") == Some(1);
    let given = if has_sequences {
        source.number(&format!("select seq from sqlite_sequence where name = {}", literal(&table.name)))
    } else {
        None
    };
    let highest = highest.max(given.unwrap_or(0)).max(0);
    let column = allowed.column(&table.name, &only.name);
    let sql = format!(
        "select nextval(pg_get_serial_sequence({}, {}))::text",
        literal(&format!("public.{}", quoted(target))),
        literal(&column)
    );
    match case.texts(&sql) {
        Ok(rows) => {
            let next = rows[0][0].as_ref().and_then(|text| text.parse::<i64>().ok());
            if next.is_none_or(|next| next <= highest) {
                found.push(format!("the next id of {:?} is {next:?}, {highest} was given out", table.name));
            }
        }
        Err(_) if highest == i64::MAX && run.count(&table.name, &["sequence-exhausted"]) == 1 => {}
        Err(error) => found.push(format!("no next id of {:?}: {error}", table.name)),
    }
}
