//! Reading a table's name as `pg_dump` writes it: `public."User"`.

use autobot_db::{QualifiedName, SchemaName, TableName};

/// The table of `COPY public."User" (id, name) FROM stdin;`, none for any other line.
pub(super) fn copied_table(line: &str) -> Option<QualifiedName> {
    let rest = line.strip_prefix("COPY ")?;
    let (schema, rest) = identifier(rest)?;
    let (table, rest) = identifier(rest.strip_prefix('.')?)?;
    let is_header = rest.starts_with(' ') && rest.ends_with(" FROM stdin;");
    is_header.then_some(QualifiedName { schema: SchemaName::new(schema).ok()?, table: TableName::new(table).ok()? })
}

fn identifier(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['.', ' ', '('])?;
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(&str, &str)>) {
        let found = copied_table(line);
        let found = found.as_ref().map(|name| (name.schema.as_str(), name.table.as_str()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn names_as_pg_dump_writes_them() {
        check("COPY public.client (id) FROM stdin;", Some(("public", "client")));
        check("COPY public.\"User\" (id, \"a b\") FROM stdin;", Some(("public", "User")));
        check("COPY \"s.1\".\"a\"\"b (c\" (id) FROM stdin;", Some(("s.1", "a\"b (c")));
        check("COPY public.none  FROM stdin;", Some(("public", "none")));
        for line in
            ["COPY public.t (id) TO stdout;", "COPY t (id) FROM stdin;", "-- COPY a.b FROM stdin;", "COPY \"a.b"]
        {
            check(line, None);
        }
    }
}
