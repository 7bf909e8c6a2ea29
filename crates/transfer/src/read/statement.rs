use autobot_catalog::{ColumnMap, RowFilter, RowKey, TableMap};
use autobot_db::Name;

use crate::error::Error;

/// Columns of a table whose values are sent: all that the target does not compute itself.
pub(crate) fn sent(map: &TableMap) -> impl Iterator<Item = (usize, &ColumnMap)> {
    map.columns.iter().enumerate().filter(|(_, column)| column.generated.is_none())
}

/// Rows are read from the table itself: an index that has all the columns asked for would give them in its own order, and
/// only those that it knows, should it be damaged. Views and virtual tables take the words too.
fn from(map: &TableMap) -> String {
    format!("{} not indexed", map.source.quoted())
}

/// The statement that reads a table's rows, in the order in which they are stored: the columns that are sent, and after
/// them SQLite's own rowid where `with_rowid` says so.
pub(crate) fn select(map: &TableMap, with_rowid: bool) -> Result<String, Error> {
    let columns = sent(map).map(|(_, column)| column.source.quoted());
    let columns = columns.chain(with_rowid.then(|| "_rowid_".to_owned())).collect::<Vec<_>>().join(", ");
    let table = from(map);
    Ok(match &map.filter {
        None => format!("select {columns} from {table}"),
        Some(RowFilter::Where(condition)) => format!("select {columns} from {table} where ({condition}\n)"),
        Some(RowFilter::Last { count, per, by }) => {
            let per = per.iter().map(|name| quoted(map, name)).collect::<Result<Vec<_>, _>>()?.join(", ");
            let partition = if per.is_empty() { String::new() } else { format!("partition by {per} ") };
            let order = [format!("{} desc", quoted(map, by)?), tie_break(map, with_rowid)].concat();
            format!(
                "select {columns} from (select *{}, row_number() over ({partition}order by {order}) as {RANK} \
                 from {table}) where {RANK} <= {count}",
                if with_rowid { ", _rowid_" } else { "" }
            )
        }
    })
}

/// The statement that reads a table's rows by their rowid, which comes after the columns; `resumed`: only those beyond
/// its one parameter.
pub(crate) fn select_by_rowid(map: &TableMap, rowid: &str, resumed: bool) -> String {
    let columns = sent(map).map(|(_, column)| column.source.quoted()).collect::<Vec<_>>().join(", ");
    let beyond = resumed.then(|| format!("{rowid} > ?1"));
    let wanted = match &map.filter {
        Some(RowFilter::Where(condition)) => Some(format!("({condition}\n)")),
        _ => None,
    };
    let conditions: Vec<String> = beyond.into_iter().chain(wanted).collect();
    let filter = if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
    format!("select {columns}, {rowid} from {}{filter} order by {rowid}", from(map))
}

/// Name of the rank in a filtered statement; a blank in it keeps it apart from columns that people name.
const RANK: &str = "\"autobot rank\"";

/// Rows that are equal by the owner's order are told apart by their key, else by their rowid, so that every reader takes
/// the same ones.
fn tie_break(map: &TableMap, with_rowid: bool) -> String {
    let key: &[usize] = match &map.key {
        RowKey::RowidColumn(index) => std::slice::from_ref(index),
        RowKey::Columns(indexes) => indexes,
        RowKey::None if with_rowid => return ", _rowid_ desc".to_owned(),
        RowKey::None => &[],
    };
    let columns = key.iter().filter_map(|index| map.columns.get(*index));
    columns.fold(String::new(), |order, column| order + ", " + &column.source.quoted() + " desc")
}

fn quoted(map: &TableMap, name: &str) -> Result<String, Error> {
    Name::new(name).map(|name| name.quoted()).map_err(|error| Error::Refused {
        table: map.source.clone(),
        column: name.to_owned(),
        place: "in the rule for its rows".to_owned(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
