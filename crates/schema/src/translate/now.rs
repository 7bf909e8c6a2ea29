//! The forms of "now" (SQLite documentation, "Date And Time Functions"). All are UTC.

use super::scope::Scope;
use super::typed::{Kind, Now, Typed};
use super::why::Why;
use crate::syntax::{Binary, CurrentWord, Expr};

/// Now, as a timestamp that reads in UTC.
pub(super) const UTC: &str = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')";

/// Formats of `strftime` and those of `to_char` that give the same.
const FORMATS: &[(&str, &str)] = &[
    ("%Y", "YYYY"),
    ("%m", "MM"),
    ("%d", "DD"),
    ("%H", "HH24"),
    ("%M", "MI"),
    ("%S", "SS"),
    ("%f", "SS.MS"),
    ("%F", "YYYY-MM-DD"),
    ("%T", "HH24:MI:SS"),
    ("%j", "DDD"),
];

/// `CURRENT_TIMESTAMP` and its like.
pub(super) fn current<'t>(word: CurrentWord, scope: &Scope<'t>) -> Result<Typed<'t>, Why> {
    allowed(scope)?;
    Ok(match word {
        CurrentWord::Timestamp => text("YYYY-MM-DD HH24:MI:SS", Now::Instant),
        CurrentWord::Date => text("YYYY-MM-DD", Now::Date),
        CurrentWord::Time => text("HH24:MI:SS", Now::Time),
    })
}

/// A date function of "now"; none when it is another function.
pub(super) fn function<'t>(name: &str, arguments: &[Expr], scope: &Scope<'t>) -> Option<Result<Typed<'t>, Why>> {
    let known = ["datetime", "date", "time", "unixepoch", "julianday", "strftime"];
    if !known.contains(&name) {
        return None;
    }
    let (format, rest) = match (name, arguments) {
        ("strftime", [Expr::Text(format), rest @ ..]) => (format.as_str(), rest),
        ("strftime", _) => return Some(Err(Why::not_equal("`strftime` without a literal format"))),
        _ => ("", arguments),
    };
    let of_now = match rest {
        [] => true,
        [Expr::Text(when), modifiers @ ..] => {
            let harmless = |modifier: &Expr| matches!(modifier, Expr::Text(text) if text.eq_ignore_ascii_case("utc"));
            // `utc` of what is UTC already changes nothing in SQLite from 3.42 on, and shifts before: not equal.
            when.eq_ignore_ascii_case("now") && !modifiers.iter().any(harmless) && modifiers.is_empty()
        }
        _ => false,
    };
    if !of_now {
        return Some(Err(Why::not_equal(format!("`{name}` of something other than 'now', or with modifiers"))));
    }
    if let Err(why) = allowed(scope) {
        return Some(Err(why));
    }
    Some(match name {
        "datetime" => Ok(text("YYYY-MM-DD HH24:MI:SS", Now::Instant)),
        "date" => Ok(text("YYYY-MM-DD", Now::Date)),
        "time" => Ok(text("HH24:MI:SS", Now::Time)),
        "unixepoch" => Ok(seconds()),
        "strftime" => formatted(format),
        _ => Err(Why::not_equal("`julianday`, to the last digit,")),
    })
}

/// `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`: the usual way to write milliseconds since 1970.
pub(super) fn milliseconds<'t>(expr: &Expr, scope: &Scope<'t>) -> Option<Result<Typed<'t>, Why>> {
    let Expr::Cast { operand, type_name } = expr else { return None };
    let Expr::Binary(Binary::Multiply, days, factor) = operand.as_ref() else { return None };
    let Expr::Binary(Binary::Subtract, day, epoch) = days.as_ref() else { return None };
    let Expr::Function { name, arguments, .. } = day.as_ref() else { return None };
    let number = |expr: &Expr, wanted: &[&str]| matches!(expr, Expr::Number(text) if wanted.contains(&text.as_str()));
    let now = matches!(arguments.as_slice(), [Expr::Text(text)] if text.eq_ignore_ascii_case("now"));
    let usual = name == "julianday"
        && now
        && number(epoch, &["2440587.5"])
        && number(factor, &["86400000", "86400000.0"])
        && type_name.to_ascii_uppercase().contains("INT");
    usual.then(|| {
        allowed(scope)?;
        let sql = "floor(extract(epoch from CURRENT_TIMESTAMP) * 1000)::bigint";
        Ok(Typed { now: Some(Now::Milliseconds), ..Typed::atom(sql, Kind::Int) })
    })
}

fn allowed(scope: &Scope<'_>) -> Result<(), Why> {
    if scope.allows_now { Ok(()) } else { Err(Why("it depends on the present time".to_owned())) }
}

fn text<'t>(format: &str, now: Now) -> Typed<'t> {
    Typed { now: Some(now), ..Typed::atom(format!("to_char({UTC}, '{format}')"), Kind::Text) }
}

fn seconds<'t>() -> Typed<'t> {
    let sql = "floor(extract(epoch from CURRENT_TIMESTAMP))::bigint";
    Typed { now: Some(Now::Seconds), ..Typed::atom(sql, Kind::Int) }
}

fn formatted<'t>(format: &str) -> Result<Typed<'t>, Why> {
    if format == "%s" {
        let integer = seconds();
        let sql = format!("{}::text", integer.sql);
        return Ok(Typed { now: Some(Now::Seconds), integer_sql: Some(integer.sql), ..Typed::atom(sql, Kind::Text) });
    }
    let mut wanted = String::new();
    let mut rest = format;
    while !rest.is_empty() {
        if let Some((from, to)) = FORMATS.iter().find(|(from, _)| rest.starts_with(from)) {
            wanted.push_str(to);
            rest = &rest[from.len()..];
            continue;
        }
        let end = rest.find('%').unwrap_or(rest.len());
        if end == 0 {
            return Err(Why::not_equal(format!("`strftime('{format}')`")));
        }
        wanted.push_str(&format!("\"{}\"", rest[..end].replace(['\\', '"', '\''], "")));
        if rest[..end].contains(['\\', '"', '\'']) {
            return Err(Why::not_equal(format!("`strftime('{format}')`")));
        }
        rest = &rest[end..];
    }
    let instant = format.contains("%H") || format.contains("%T");
    Ok(text(&wanted, if instant { Now::Instant } else { Now::Date }))
}
