//! String literals, which are those of JSON.

/// Resolves the escapes of a string literal given with its quotes; `Err` names what is wrong.
pub(super) fn unescape(literal: &str) -> Result<String, String> {
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(literal);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            out.push(escape(&mut chars)?);
        } else {
            out.push(c);
        }
    }
    Ok(out)
}

fn escape(chars: &mut std::str::Chars<'_>) -> Result<char, String> {
    match chars.next() {
        Some(c @ ('"' | '\\' | '/')) => Ok(c),
        Some('b') => Ok('\u{8}'),
        Some('f') => Ok('\u{c}'),
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some('t') => Ok('\t'),
        Some('u') => code_point(chars),
        Some(c) => Err(format!("unknown escape `\\{c}`; a backslash itself is written `\\\\`")),
        None => Err("a backslash at the end of a string".to_owned()),
    }
}

/// One `\uXXXX`, or two that are a surrogate pair.
fn code_point(chars: &mut std::str::Chars<'_>) -> Result<char, String> {
    let invalid = || "invalid `\\u` escape".to_owned();
    let first = four_digits(chars).ok_or_else(invalid)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Ok(c);
    }
    if chars.next() != Some('\\') || chars.next() != Some('u') {
        return Err(invalid());
    }
    let second = four_digits(chars).ok_or_else(invalid)?;
    match char::decode_utf16([first, second]).next() {
        Some(Ok(c)) => Ok(c),
        _ => Err(invalid()),
    }
}

fn four_digits(chars: &mut std::str::Chars<'_>) -> Option<u16> {
    let mut value: u16 = 0;
    for _ in 0..4 {
        let digit = chars.next()?.to_digit(16)?;
        value = value << 4 | u16::try_from(digit).ok()?;
    }
    Some(value)
}
