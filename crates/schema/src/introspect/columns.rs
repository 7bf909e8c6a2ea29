use autobot_catalog::SourceColumn;
use autobot_db::{ColumnName, TableName};
use rusqlite::Connection;

use super::affinity::affinity;
use crate::Error;
use crate::syntax::ParsedTable;

/// The columns of a table and those of its primary key in key order.
pub(super) struct Columns {
    pub(super) columns: Vec<SourceColumn>,
    pub(super) primary_key: Vec<ColumnName>,
}

/// `hidden` of `pragma_table_xinfo`: 1 a hidden column of a virtual table, 2 a virtual, 3 a stored generated column.
const VIRTUAL: i64 = 2;
const STORED: i64 = 3;

pub(super) fn columns(
    connection: &Connection,
    table: &TableName,
    strict: bool,
    parsed: Option<&ParsedTable>,
) -> Result<Columns, Error> {
    let sql = "select name, type, \"notnull\", dflt_value, pk, hidden from pragma_table_xinfo(?1, 'main')";
    let read = Error::read(format!("read the columns of `{table}`"));
    let mut found = Columns { columns: Vec::new(), primary_key: Vec::new() };
    let mut keyed = Vec::new();
    let mut statement = connection.prepare(sql).map_err(&read)?;
    let mut rows = statement.query([table.as_str()]).map_err(&read)?;
    while let Some(row) = rows.next().map_err(&read)? {
        let name: String = row.get(0).map_err(&read)?;
        let hidden: i64 = row.get(5).map_err(&read)?;
        let written = parsed.and_then(|table| table.columns.iter().find(|column| column.name == name));
        let declared: Option<String> = row.get(1).map_err(&read)?;
        let declared = declared_type(declared.unwrap_or_default(), hidden);
        let name = ColumnName::new(name)
            .map_err(|_| Error::Nameless { thing: "a column".to_owned(), of: table.as_str().to_owned() })?;
        let key: i64 = row.get(4).map_err(&read)?;
        if key > 0 {
            keyed.push((key, name.clone()));
        }
        found.columns.push(SourceColumn {
            name,
            affinity: affinity(&declared, strict),
            declared,
            not_null: row.get(2).map_err(&read)?,
            default: row.get(3).map_err(&read)?,
            collation: written
                .and_then(|column| column.collation.clone())
                .filter(|collation| !collation.eq_ignore_ascii_case("binary")),
            generated: matches!(hidden, VIRTUAL | STORED).then(|| {
                let expression = written.and_then(|column| column.generated.clone()).unwrap_or_default();
                (expression, hidden == STORED)
            }),
            hidden: hidden == 1,
        });
    }
    keyed.sort_by_key(|(position, _)| *position);
    found.primary_key = keyed.into_iter().map(|(_, name)| name).collect();
    Ok(found)
}

/// SQLite takes the words `GENERATED ALWAYS` for the end of the type.
fn declared_type(declared: String, hidden: i64) -> String {
    if !matches!(hidden, VIRTUAL | STORED) {
        return declared;
    }
    let trimmed = declared.trim_end();
    let cut = "GENERATED ALWAYS";
    match trimmed.len().checked_sub(cut.len()) {
        Some(at) if trimmed.is_char_boundary(at) && trimmed[at..].eq_ignore_ascii_case(cut) => {
            trimmed[..at].trim_end().to_owned()
        }
        _ => declared,
    }
}
