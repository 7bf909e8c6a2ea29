//! Random values: what SQLite draws evenly, PostgreSQL draws as evenly. In defaults only, where ids are made of them.

use super::scope::Scope;
use super::typed::{Kind, Typed};
use super::why::Why;
use crate::syntax::{Binary, Expr};

/// Random bytes: a hash of more random bits than it has, as a random UUID has 122 of them.
const BYTES: &str =
    "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))";

/// How many they are.
const BYTES_MAX: u8 = 32;

/// `random()` and `randomblob(n)`; none when it is another function.
pub(super) fn function<'t>(name: &str, arguments: &[Expr], scope: &Scope<'t>) -> Option<Result<Typed<'t>, Why>> {
    let value = match (name, arguments) {
        ("random", []) => {
            let sql = format!("('x' || encode(substr({BYTES}, 1, 8), 'hex'))::bit(64)::bigint");
            Typed::atom(sql, Kind::Int)
        }
        ("randomblob", [Expr::Number(count)]) => {
            let count = count.parse::<u8>().ok().filter(|count| (1..=BYTES_MAX).contains(count))?;
            Typed::atom(format!("substr({BYTES}, 1, {count})"), Kind::Bytes)
        }
        _ => return None,
    };
    Some(if scope.allows_now { Ok(value) } else { Err(Why("it is random".to_owned())) })
}

/// True for `abs(random()) % n + 1`, whichever way around it is written: a place from 1 to n.
pub(super) fn is_place(expr: &Expr) -> bool {
    let one = |expr: &Expr| matches!(expr, Expr::Number(text) if text == "1");
    let Expr::Binary(Binary::Add, left, right) = expr else { return false };
    (one(right) && is_below(left)) || (one(left) && is_below(right))
}

/// `abs(random()) % n`.
fn is_below(expr: &Expr) -> bool {
    let Expr::Binary(Binary::Remainder, drawn, count) = expr else { return false };
    let random = |expr: &Expr| matches!(expr, Expr::Function { name, arguments, .. } if name == "random" && arguments.is_empty());
    let magnitude = matches!(drawn.as_ref(), Expr::Function { name, arguments, .. }
        if name == "abs" && matches!(arguments.as_slice(), [argument] if random(argument)));
    magnitude && matches!(count.as_ref(), Expr::Number(text) if text.parse::<u16>().is_ok_and(|count| count > 0))
}
