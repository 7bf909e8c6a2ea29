use crate::canonical::{Payload, date, decimal, parts, tag, time, timestamp};
use crate::digest::{hex, sha256};

/// Says what a canonical value is: class, length and short hash, or the value itself on request.
pub(super) fn describe(form: &[u8], show: bool) -> String {
    let Some((tag, payload)) = parts(form) else {
        return "nothing".to_owned();
    };
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
    match payload {
        Payload::Whole(payload) if show => format!("{class} {}", shown(tag, payload)),
        Payload::Whole(payload) => format!("{class}, {} bytes, #{}", payload.len(), hex(&sha256(payload)[..4])),
        Payload::Large(length, digest) => format!("{class}, {length} bytes, #{}", hex(&digest[..4])),
    }
}

/// A key's part in words: integers and short texts as they are (they name the row), anything else by its description.
pub(super) fn key_part(form: &[u8]) -> String {
    const SHOWN_MAX_BYTES: usize = 64;
    match parts(form) {
        Some((tag::INTEGER, Payload::Whole(payload))) => {
            payload.try_into().map(i64::from_le_bytes).unwrap_or_default().to_string()
        }
        Some((tag::TEXT, Payload::Whole(payload))) if payload.len() <= SHOWN_MAX_BYTES => {
            String::from_utf8_lossy(payload).into_owned()
        }
        _ => describe(form, false),
    }
}

/// The value itself, cut where it is long.
fn shown(tag: u8, payload: &[u8]) -> String {
    const SHOWN_MAX_BYTES: usize = 200;
    let number = || payload.try_into().map(i64::from_le_bytes).unwrap_or_default();
    let (cut, more) = match payload.get(..SHOWN_MAX_BYTES) {
        Some(cut) => (cut, format!(" … ({} bytes)", payload.len())),
        None => (payload, String::new()),
    };
    match tag {
        tag::TEXT => format!("{:?}{more}", String::from_utf8_lossy(cut)),
        tag::DOUBLE => format!("{:?}", f64::from_bits(number().cast_unsigned())),
        tag::INTEGER => number().to_string(),
        tag::BOOLEAN => (payload != [0]).to_string(),
        tag::TIMESTAMP => timestamp(number()),
        tag::DATE => date(number()),
        tag::TIME => time(number()),
        tag::DECIMAL => decimal(payload),
        _ => format!("{}{more}", hex(cut)),
    }
}
