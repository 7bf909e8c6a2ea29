//! Which types make different values equal, and one form for those that are.

use autobot_catalog::{ColumnEvidence, ColumnMap, Form, NulRule, PgType, Utf8Rule};
use autobot_convert::{Change, Changes, Converter, Verdict};

/// Whether two values that SQLite holds for different can be equal in the target.
pub(super) fn may_merge(column: &ColumnMap, evidence: &ColumnEvidence) -> bool {
    let has = |forms: &[Form]| forms.iter().any(|form| evidence.forms.contains_key(form));
    let numbers = has(&[Form::IntegerBit, Form::Integer, Form::RealWhole, Form::RealFraction, Form::RealInfinite]);
    let dates = [Form::TextDate, Form::TextDateTimeNaive, Form::TextDateTimeZoned];
    let date_forms = dates.iter().filter(|form| evidence.forms.contains_key(form)).count();
    let texts = evidence.forms.keys().any(|form| is_text(*form));
    let several = |kinds: [bool; 3]| kinds.iter().filter(|present| **present).count() > 1;
    match &column.target_type {
        PgType::Text | PgType::Varchar(_) => {
            let mixed = several([texts, has(&[Form::BlobText]), numbers]);
            let stripped = column.nul == NulRule::Strip && has(&[Form::TextNul]);
            let replaced = has(&[Form::TextInvalidUtf8, Form::TextSurrogates]) && column.utf8 == Utf8Rule::Replace;
            mixed || stripped || replaced
        }
        PgType::Boolean => has(&[Form::TextBoolean, Form::TextInteger]),
        PgType::SmallInt | PgType::Integer | PgType::BigInt | PgType::Double => numbers && has(&[Form::TextInteger]),
        PgType::Decimal { .. } => has(&[Form::TextDecimal]) || (numbers && has(&[Form::TextInteger])),
        PgType::Bytea => several([texts, has(&[Form::Blob, Form::BlobText]), numbers && column.numbers_as_bytes]),
        PgType::Date | PgType::Time(_) | PgType::Timestamp(_) | PgType::Timestamptz(_) => {
            let one_way = date_forms + usize::from(numbers) <= 1 && !has(&dates[1..]) && !has(&[Form::TextTime]);
            !one_way || cuts(column, evidence)
        }
        PgType::Uuid => evidence.uppercase_uuids > 0,
        PgType::Json | PgType::Enum { .. } => false,
        PgType::Real | PgType::Char(_) | PgType::Citext | PgType::Jsonb => true,
    }
}

fn cuts(column: &ColumnMap, evidence: &ColumnEvidence) -> bool {
    let converter = Converter::for_column(column);
    let cut = Changes::from(Change::DigitsCut).with(Change::JulianRounded);
    evidence.forms.keys().any(|form| match converter.admits(*form, evidence) {
        Verdict::Warned(changes) => cut.iter().any(|change| changes.contains(change)),
        Verdict::Exact | Verdict::Refused(_) => false,
    })
}

fn is_text(form: Form) -> bool {
    (Form::TextEmpty..=Form::TextJsonDuplicateKeys).contains(&form)
}

/// Brings the field that begins at `start` into the one form that all equal values have.
pub(super) fn fold(target: &PgType, bytes: &mut Vec<u8>, start: usize) {
    let payload = start + 4;
    match target {
        PgType::Citext => {
            let lower = String::from_utf8_lossy(&bytes[payload..]).to_lowercase();
            bytes.truncate(payload);
            bytes.extend_from_slice(lower.as_bytes());
        }
        PgType::Char(_) => {
            while bytes.len() > payload && bytes.last() == Some(&b' ') {
                bytes.pop();
            }
        }
        // The number of digits shown is no part of the value: the last word before the digits.
        PgType::Decimal { .. } if bytes.len() >= payload + 8 => bytes[payload + 6..payload + 8].fill(0),
        PgType::Double | PgType::Real
            if bytes[payload] == 0x80 && bytes[payload + 1..].iter().all(|byte| *byte == 0) =>
        {
            bytes[payload] = 0;
        }
        _ => return,
    }
    let length = u32::try_from(bytes.len() - payload).unwrap_or(u32::MAX);
    bytes[start..payload].copy_from_slice(&length.to_be_bytes());
}
