//! Names as people and hostile people give them.

use crate::random::Random;

const PLAIN: &[&str] =
    &["id", "name", "email", "userId", "created_at", "value", "n", "body", "parent", "state", "Total"];
const ODD: &[&str] = &[
    "select",
    "user",
    "order",
    "group",
    "table",
    "primary",
    "sel\"ect",
    "it's",
    "two words",
    " lead",
    "trail ",
    "\u{1f600}",
    "naïve",
    "Ñ",
    "ñ",
    "CamelCase",
    "camelcase2",
    "1st",
    "a.b",
    "a-b",
    "x\"; DROP TABLE users; --",
    "'); select 1; --",
    "[bracket]",
    "`tick`",
    "back\\slash",
    "new\nline",
    "tab\t",
    "%s",
    "{0}",
    "$1",
    ":p",
    "?",
    "rowid",
    "oid",
    "null",
    "true",
    "default",
    "current_timestamp",
    "你好",
    "cafe\u{301}",
    "café",
    "T_pkey",
    "t_id_seq",
    "autobot_stage",
    "pg_class",
    "public",
    "a\"\"b",
    "--",
    "/*x*/",
    "name_key",
    "\u{202e}rtl",
    "_",
    "$",
    "\u{a0}",
    "exactly_sixty_three_bytes_long_name_exactly_sixty_three_bytes_l",
];
const WILD: &[&str] = &[
    "a_name_of_more_than_sixty_three_bytes_which_postgresql_would_cut_to_its_first_63",
    "a_name_of_more_than_sixty_three_bytes_which_postgresql_would_cut_to_its_first_sixty",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "xmin",
    "ctid",
    "tableoid",
];

/// A name; `wild` ones are those that PostgreSQL cannot have.
pub fn name(random: &mut Random, wild: bool) -> String {
    match random.below(10) {
        0 if wild => random.pick(WILD).to_owned(),
        0..=4 => random.pick(ODD).to_owned(),
        _ => random.pick(PLAIN).to_owned(),
    }
}

/// The name in double quotes.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
