use std::io::Write;

use rusqlite::Connection;

use super::*;
use crate::follow;

/// What the checker says about a dump of a small database in which `from` was replaced by `to`.
fn check(from: &str, to: &str) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let (copy, path) = (folder.path().join("copy.db"), folder.path().join("dump.sql"));
    let connection = Connection::open(&copy).unwrap();
    connection
        .execute_batch(
            "create table t(id integer primary key, a text, r real); create unique index i on t(a);
             insert into t values (1, 'x;y', 1.5), (2, 'z', 2.5); create table empty(x);
             create trigger g after insert on t begin select 1; delete from empty; end;",
        )
        .unwrap();
    let (leader, _follower) = follow::pair(&path).unwrap();
    writer::write(leader, &connection, &path, &|_, _| true).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(from.is_empty() || text.contains(from), "{text}");
    let (mut leader, follower) = follow::pair(&path).unwrap();
    leader.write_all(text.replacen(from, to, 1).as_bytes()).unwrap();
    leader.finish().unwrap();
    let checked = checker::check(follower, &connection, &copy, &path);
    checked.map(|checked| checked.notes).map_err(|error| error.to_string())
}

fn refused(from: &str, to: &str, what: &str) {
    let error = check(from, to).unwrap_err();
    assert!(error.contains(what), "{error}");
}

#[test]
fn a_dump_is_taken_and_every_damage_is_found() {
    assert_eq!(check("", "").unwrap(), Vec::<String>::new());
    refused("'z'", "'Z'", "row 2 of table `t`");
    refused("1.5", "1.25", "row 1 of table `t`");
    refused("INSERT INTO \"t\" VALUES(2,'z',2.5);\n", "", "row 2 of table `t`");
    refused(
        "INSERT INTO \"t\" VALUES(1,'x;y',1.5);\n",
        "INSERT INTO \"t\" VALUES(1,'x;y',1.5);\nINSERT INTO \"t\" VALUES(1,'x;y',1.5);\n",
        "row 2",
    );
    refused("COMMIT;", "COMMIT;\nINSERT INTO \"t\" VALUES(3,'',0.0);", "not in the copy");
    refused("CREATE UNIQUE INDEX i on t(a);", "", "schema differs");
    refused("CREATE TABLE empty(x);", "CREATE TABLE empty(x, y);", "schema differs");
    refused("CREATE TABLE empty(x);", "CREATE TABLE empty(x;", "failed to load");
    refused("delete from empty;", "", "schema differs");
}
