use autobot_db::Check;
use rusqlite::Connection;

/// Lines that virtual tables write about their own content (SQLite source, `fts3.c`, `fts5_main.c`, `rtree.c`).
const OF_VIRTUAL_TABLES: &[&str] = &["inverted index", "fts5: ", "In RTree "];

/// What `quick_check` says of pages and trees: the values are looked at here already, and what a virtual table keeps is its
/// module's. A schema that it cannot check (an index with a function that is not there) is read all the same, as before.
pub(super) fn damaged_pages(connection: &Connection) -> Vec<String> {
    let checked =
        connection.execute_batch("pragma ignore_check_constraints = on").and_then(|()| Check::Pages.run(connection));
    let mut lines = checked.unwrap_or_default();
    // The connection reads rows next, with a look at each page.
    let _ = connection.execute_batch("pragma cell_size_check = on");
    lines.retain(|line| !Check::is_about_content(line) && !OF_VIRTUAL_TABLES.iter().any(|words| line.contains(words)));
    lines
}
