use autobot_catalog::{IndexObject, Migration, TableObject};

/// `default_statistics_target` of the statistics that a copy gathers: 300 times as many rows of a table are looked at, and
/// PostgreSQL's own 100 takes four times as long.
const TARGET: u32 = 30;

/// SQL that gathers the statistics of a loaded table.
///
/// They are what the first queries are planned with. Because the columns are named, the server goes on counting the table as
/// one whose rows changed since it was analyzed (`do_analyze_rel` resets that only for an `ANALYZE` of everything), and
/// autovacuum, where it is on, gathers full statistics within a minute. Those of an index on expressions come only with
/// everything: then they are full at once.
pub(super) fn gather(migration: &Migration, table: &TableObject) -> String {
    let name = table.table.quoted();
    let on_expression = |index: &IndexObject| index.table == table.table && index.columns.is_empty();
    let map = migration.tables.iter().find(|map| map.target == table.table && !map.columns.is_empty());
    match map.filter(|_| !migration.target.indexes.iter().any(on_expression)) {
        Some(map) => {
            let columns = map.columns.iter().map(|column| column.target.quoted()).collect::<Vec<_>>().join(", ");
            format!("set local default_statistics_target = {TARGET}; analyze {name} ({columns})")
        }
        None => format!("analyze {name}"),
    }
}
