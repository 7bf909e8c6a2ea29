//! The independent reader: every value of every table and view on both sides.

use serde_json::Value as Json;

use crate::allowed::Allowed;
use crate::canon::{base, must_be_said, of_source, of_target, selected};
use crate::case::{Case, Run};
use crate::moment::{UNITS, Unit};
use crate::names::quoted;
use crate::source::{Relation, Source};
use crate::values::Value;

/// A column of the target.
pub struct Column {
    pub name: String,
    pub pg_type: String,
    pub not_null: bool,
}

type Text = Option<String>;

/// A text as a literal of PostgreSQL.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The columns of a table or view; none where there is no such one.
pub fn columns(case: &Case, relation: &str) -> Vec<Column> {
    let sql = format!(
        "select attname::text, format_type(atttypid, atttypmod), attnotnull::text from pg_attribute \
         where attrelid = to_regclass({}) and attnum > 0 and not attisdropped order by attnum",
        literal(&format!("public.{}", quoted(relation)))
    );
    let column = |mut row: Vec<Text>| {
        let mut next = || row.remove(0).unwrap();
        Column { name: next(), pg_type: next(), not_null: next() == "true" }
    };
    case.texts(&sql).unwrap().into_iter().map(column).collect()
}

/// Every difference between the file and the target that nobody allowed and nobody was told of.
pub fn differences(case: &Case, source: &Source, run: &Run, allowed: &Allowed) -> Vec<String> {
    let mut found = Vec::new();
    for relation in source.relations() {
        // What rules change, views show changed.
        let changed = relation.is_view && !allowed.is_empty();
        if changed || run.skips(&relation.name) || allowed.skips(&relation.name) {
            continue;
        }
        let target = allowed.table(&relation.name);
        let columns = columns(case, &target);
        if columns.is_empty() {
            if !(relation.is_view && run.says(&relation.name)) {
                found.push(format!("{:?} is not in the target, and nobody said so", relation.name));
            }
            continue;
        }
        let pairs =
            if relation.is_view { columns.iter().collect() } else { paired(&relation, &columns, allowed, &mut found) };
        if pairs.len() == relation.columns.len() {
            rows(case, source, &relation, (&target, &pairs), run, allowed, &mut found);
        } else {
            found.push(format!(
                "{:?} has {} columns, and {} in the target",
                relation.name,
                relation.columns.len(),
                pairs.len()
            ));
        }
    }
    found
}

/// The target's columns in the order of the source's.
fn paired<'c>(
    relation: &Relation,
    columns: &'c [Column],
    allowed: &Allowed,
    found: &mut Vec<String>,
) -> Vec<&'c Column> {
    let own = |column: &&crate::source::Column| {
        let name = allowed.column(&relation.name, &column.name);
        columns.iter().find(|target| target.name == name)
    };
    let pairs: Vec<&Column> = relation.columns.iter().filter_map(|column| own(&column)).collect();
    let more = usize::from(allowed.surrogate(&relation.name));
    if columns.len() != pairs.len() + more {
        found.push(format!(
            "{:?} has {} columns in the target, {} of the source's",
            relation.name,
            columns.len(),
            pairs.len()
        ));
    }
    pairs
}

fn rows(
    case: &Case,
    source: &Source,
    relation: &Relation,
    (target, columns): (&str, &[&Column]),
    run: &Run,
    allowed: &Allowed,
    found: &mut Vec<String>,
) {
    let name = &relation.name;
    let source_rows = match source.rows(relation) {
        Ok(rows) => rows,
        // SQLite cannot always compute its own views.
        Err(_) if relation.is_view => return,
        Err(error) => return found.push(format!("{name:?} went over, and SQLite cannot read it: {error}")),
    };
    let list: Vec<String> = columns.iter().map(|column| selected(&quoted(&column.name), &column.pg_type)).collect();
    let target_rows = match case.texts(&format!("select {} from public.{}", list.join(", "), quoted(target))) {
        Ok(rows) => rows,
        Err(error) => return found.push(format!("{name:?} cannot be read in the target: {error}")),
    };
    let mut theirs: Vec<Vec<Text>> = target_rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(columns)
                .map(|(text, column)| text.as_ref().map(|text| of_target(text, &column.pg_type)))
                .collect()
        })
        .collect();
    let mut ours: Vec<Vec<Text>> = vec![Vec::new(); source_rows.len()];
    for (at, column) in columns.iter().enumerate() {
        let values: Vec<&Value> = source_rows.iter().map(|row| &row[at]).collect();
        let texts: Vec<&Text> = theirs.iter().map(|row| &row[at]).collect();
        let of = &relation.columns[at].name;
        if !relation.is_view && values.iter().any(|value| must_be_said(value, &column.pg_type)) && !run.warns(name, of)
        {
            found.push(format!("{name:?}.{of:?} became {} and nobody said so: {values:?}", column.pg_type));
        }
        if allowed.changes(name, of) {
            allowed.check(name, of, (&values, &texts), &column.pg_type, found);
            for row in &mut theirs {
                row[at] = None;
            }
            for row in &mut ours {
                row.push(None);
            }
            continue;
        }
        let unit = allowed.unit(name, of);
        match canonical(case, (&values, &texts), &column.pg_type, unit) {
            Ok(texts) => ours.iter_mut().zip(texts).for_each(|(row, text)| row.push(text)),
            Err(why) => return found.push(format!("{name:?}.{of:?} {}: {why}", column.pg_type)),
        }
    }
    ours.sort();
    theirs.sort();
    if allowed.quarantines(name) {
        return subset(name, ours, &theirs, found);
    }
    if ours != theirs {
        let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        let types: Vec<&str> = columns.iter().map(|column| column.pg_type.as_str()).collect();
        found.push(format!("{name:?} differs, {} rows and {} {types:?}: {first:?}", ours.len(), theirs.len()));
    }
}

/// Rows may be set aside, none may be added.
fn subset(name: &str, mut ours: Vec<Vec<Text>>, theirs: &[Vec<Text>], found: &mut Vec<String>) {
    for row in theirs {
        match ours.iter().position(|one| one == row) {
            Some(at) => drop(ours.swap_remove(at)),
            None => return found.push(format!("{name:?} has a row that the source has not: {row:?}")),
        }
    }
}

/// The values of a column as the texts that the target must have; a rule may say what its numbers count.
fn canonical(
    case: &Case,
    (values, theirs): (&[&Value], &[&Text]),
    pg_type: &str,
    unit: Option<Unit>,
) -> Result<Vec<Text>, String> {
    let by = |unit: Option<Unit>| -> Result<Vec<Text>, String> {
        let text = |value: &&Value| match (value, of_source(value, pg_type, unit)) {
            (Value::Null, _) => Ok(None),
            (_, Some(text)) => Ok(Some(text)),
            (value, None) => Err(format!("{value:?} is no value of this type, target has {theirs:?}")),
        };
        let texts: Vec<Text> = values.iter().map(text).collect::<Result<_, _>>()?;
        Ok(if base(pg_type) == "jsonb" { normalized(case, texts) } else { texts })
    };
    let numbers = values.iter().any(|value| matches!(value, Value::Integer(_) | Value::Real(_)));
    if unit.is_some() || !numbers || !["timestamp", "timestamptz", "date"].contains(&base(pg_type)) {
        return by(unit);
    }
    let mut tried = UNITS.iter().filter_map(|unit| by(Some(*unit)).ok());
    let fits = tried.find(|texts| theirs.iter().all(|text| texts.contains(text)));
    fits.ok_or_else(|| format!("no unit of the numbers gives the target's moments: {values:?} {theirs:?}"))
}

/// JSON as PostgreSQL itself reads it into `jsonb`.
fn normalized(case: &Case, texts: Vec<Text>) -> Vec<Text> {
    let one = |text: Text| {
        text.map(|text| {
            case.texts(&format!("select {}::jsonb::text", literal(&text))).unwrap().remove(0).remove(0).unwrap()
        })
    };
    texts.into_iter().map(one).collect()
}

impl Run {
    /// A table that the document says stays behind.
    fn skips(&self, table: &str) -> bool {
        self.document["skipped"].as_array().into_iter().flatten().any(|skipped| skipped["table"] == table)
    }

    /// A warning that names this object, or this table where it concerns the whole of it.
    pub fn says(&self, object: &str) -> bool {
        self.all_warnings().any(|warning| warning["object"] == object)
    }

    /// A warning about a column.
    pub fn warns(&self, table: &str, column: &str) -> bool {
        self.all_warnings().any(|warning| warning["table"] == table && warning["column"] == column)
    }

    /// How many warnings about a table have one of these names.
    pub fn count(&self, table: &str, names: &[&str]) -> usize {
        let is_one =
            |warning: &&Json| names.iter().any(|name| warning["code"].as_str().unwrap().ends_with(&format!(" {name}")));
        self.all_warnings().filter(|warning| warning["table"] == table).filter(is_one).count()
    }

    fn all_warnings(&self) -> impl Iterator<Item = &Json> {
        self.document["warnings"].as_array().into_iter().flatten()
    }
}
