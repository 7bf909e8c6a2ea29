use autobot_db::Check;
use rusqlite::Connection;

use crate::Error;

/// Lines that virtual tables write about their own content (SQLite source, `fts3.c`, `fts5_main.c`, `rtree.c`).
const OF_VIRTUAL_TABLES: &[&str] = &["inverted index", "fts5: ", "In RTree "];

/// What `quick_check` says of pages and trees: the values are looked at here already, and what a virtual table keeps is its
/// module's. A check that could not be made proves nothing: that is an error.
pub(super) fn damaged_pages(connection: &Connection) -> Result<Vec<String>, Error> {
    let checked =
        connection.execute_batch("pragma ignore_check_constraints = on").and_then(|()| Check::Pages.run(connection));
    // The connection reads rows next, with a look at each page.
    let looks_again = connection.execute_batch("pragma cell_size_check = on");
    let mut lines = checked.and_then(|lines| looks_again.map(|()| lines)).map_err(Error::Pages)?;
    lines.retain(|line| !Check::is_about_content(line) && !OF_VIRTUAL_TABLES.iter().any(|words| line.contains(words)));
    Ok(lines)
}
