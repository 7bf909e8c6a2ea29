//! Rows that break a CHECK of their own table: SQLite has them where checks were off, or came later than the rows.

use autobot_catalog::{RowFilter, Seen, SourceTable, TableMap};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::{Error, rows};

/// The rows that SQLite itself finds against these CHECKs (by number in the catalog), in one pass. A CHECK that calls
/// what this program's SQLite does not have is passed over.
pub fn violations(
    connection: &Connection,
    table: &SourceTable,
    map: &TableMap,
    checks: &[usize],
    places_max: usize,
) -> Result<Vec<(usize, Seen)>, Error> {
    let from = table.name.quoted();
    // NULL breaks no CHECK. The line break ends a comment that the condition may end with.
    let broken = |number: &usize| {
        let sql = format!("not coalesce(({}\n), 1)", table.checks.get(*number)?.1);
        connection.prepare(&format!("select {sql} from {from}")).is_ok().then_some((*number, sql))
    };
    let (numbers, conditions): (Vec<usize>, Vec<String>) = checks.iter().filter_map(broken).unzip();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let reading = rows::values(table, &conditions);
    let kept = match &map.filter {
        Some(RowFilter::Where(condition)) => format!("({condition}\n) and "),
        Some(RowFilter::Last { .. }) | None => String::new(),
    };
    let sql = format!("{} where {kept}({})", reading.sql, conditions.join(" or "));
    let mut found: Vec<(usize, Seen)> = numbers.into_iter().map(|number| (number, Seen::default())).collect();
    rows::each(connection, table, &reading, &sql, &[], |row| {
        for (at, (_, seen)) in found.iter_mut().enumerate() {
            if row.get_ref(reading.first + at).is_ok_and(|broken| broken == ValueRef::Integer(1)) {
                seen.count += 1;
                if seen.first.len() < places_max {
                    seen.first.push(reading.locator.place(row, ValueRef::Null));
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}
