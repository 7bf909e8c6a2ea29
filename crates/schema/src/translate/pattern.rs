//! LIKE and GLOB.

use autobot_db::quote_literal;

use super::typed::{Kind, Typed};
use super::why::Why;
use crate::syntax::{Expr, Match};

/// `value LIKE pattern`, for patterns that are literals.
pub(super) fn pattern<'t>(
    kind: Match,
    value: &Typed<'t>,
    wanted: &Expr,
    escape: Option<&Expr>,
    negated: bool,
) -> Result<Typed<'t>, Why> {
    let (Kind::Text, Expr::Text(wanted)) = (&value.kind, wanted) else {
        return Err(Why::not_equal("matching of what is no text, or by a pattern that is no literal"));
    };
    let escape = match escape {
        None => None,
        Some(Expr::Text(text)) if text.chars().count() == 1 => text.chars().next(),
        Some(_) => return Err(Why::not_equal("ESCAPE with something other than one character")),
    };
    let not = if negated { "NOT " } else { "" };
    let sql = match kind {
        Match::Like => like(value, wanted, escape, not)?,
        Match::Glob => {
            let symbol = if negated { "!~" } else { "~" };
            format!("{} COLLATE \"C\" {symbol} {}", value.operand(), quote_literal(&regex(wanted)?))
        }
        Match::FullText | Match::Regexp => return Err(Why::not_equal("MATCH or REGEXP")),
    };
    Ok(Typed::new(sql, Kind::Bool))
}

/// SQLite's LIKE is blind to ASCII case, and has no escape character unless one is given.
fn like(value: &Typed<'_>, wanted: &str, escape: Option<char>, not: &str) -> Result<String, Why> {
    if escape.is_some_and(|escape| escape.is_ascii_alphabetic() || wanted.ends_with(escape)) {
        return Err(Why::not_equal("LIKE with this escape character"));
    }
    let operand = if wanted.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        format!("lower({} COLLATE \"C\")", value.operand())
    } else {
        value.operand()
    };
    let ending = match escape {
        Some(escape) => format!(" ESCAPE {}", quote_literal(&escape.to_string())),
        None if wanted.contains('\\') => " ESCAPE ''".to_owned(),
        None => String::new(),
    };
    Ok(format!("{operand} {not}LIKE {}{ending}", quote_literal(&wanted.to_ascii_lowercase())))
}

/// A GLOB pattern as a regular expression of PostgreSQL over the whole text.
fn regex(pattern: &str) -> Result<String, Why> {
    let mut regex = "^".to_owned();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            '[' => {
                regex.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    regex.push('^');
                }
                set(&mut rest, &mut regex)?;
            }
            character => literal(character, &mut regex),
        }
    }
    regex.push('$');
    Ok(regex)
}

/// The inside of `[…]`; a `]` at its beginning stands for itself.
fn set(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, regex: &mut String) -> Result<(), Why> {
    let mut first = true;
    loop {
        let character = rest.next().ok_or_else(|| Why::not_equal("GLOB with a set that does not end"))?;
        match character {
            ']' if !first => break,
            '-' if !first && rest.peek().is_some_and(|next| *next != ']') => regex.push('-'),
            ']' | '[' | '^' | '-' | '\\' | ':' | '.' | '=' => {
                regex.push('\\');
                regex.push(character);
            }
            character => regex.push(character),
        }
        first = false;
    }
    regex.push(']');
    Ok(())
}

fn literal(character: char, regex: &mut String) {
    if "\\^$.|?*+()[]{}".contains(character) {
        regex.push('\\');
    }
    regex.push(character);
}
