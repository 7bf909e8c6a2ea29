use crate::canonical::{parts, tag};
use crate::digest::row_digest;

/// Says what a canonical value is: class, length and short hash, or the value itself on request.
pub(super) fn describe(form: &[u8], show: bool) -> String {
    let Some((tag, payload)) = parts(form) else {
        return "nothing".to_owned();
    };
    let number = || payload.try_into().map(i64::from_le_bytes).unwrap_or_default();
    let class = match tag {
        tag::NULL => return "null".to_owned(),
        tag::BOOLEAN => "boolean",
        tag::INTEGER => "integer",
        tag::DOUBLE => "real",
        tag::DECIMAL => "decimal",
        tag::TEXT => "text",
        tag::BYTES => "bytes",
        tag::TIMESTAMP => "timestamp",
        tag::DATE => "date",
        tag::TIME => "time",
        _ => "uuid",
    };
    if show {
        return match tag {
            tag::TEXT => format!("text {:?}", String::from_utf8_lossy(payload)),
            tag::DOUBLE => format!("real {:?}", f64::from_bits(number().cast_unsigned())),
            tag::INTEGER | tag::TIMESTAMP | tag::DATE | tag::TIME => format!("{class} {}", number()),
            _ => format!("{class} {}", hex(payload)),
        };
    }
    format!("{class}, {} bytes, #{}", payload.len(), hex(&row_digest(payload)[..4]))
}

/// A key's part in words: integers and short texts as they are (they name the row), anything else by its description.
pub(super) fn key_part(form: &[u8]) -> String {
    const SHOWN_MAX_BYTES: usize = 64;
    match parts(form) {
        Some((tag::INTEGER, payload)) => payload.try_into().map(i64::from_le_bytes).unwrap_or_default().to_string(),
        Some((tag::TEXT, payload)) if payload.len() <= SHOWN_MAX_BYTES => String::from_utf8_lossy(payload).into_owned(),
        _ => describe(form, false),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
