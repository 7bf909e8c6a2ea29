use autobot_catalog::{Affinity, SourceColumn};
use autobot_convert::Interest;

/// What a column may become, by its declared type: what to look for in its values.
///
/// Columns with TEXT affinity are text unless their type says otherwise; in all others text is the exception, so that
/// looking closely at it costs nothing.
pub fn interest(column: &SourceColumn) -> Interest {
    let declared = column.declared.to_ascii_uppercase();
    let says = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if says(&["JSON"]) {
        return Interest::JSON;
    }
    let mut found = Interest::NONE;
    if says(&["UUID", "GUID", "UNIQUEIDENTIFIER"]) {
        found = found | Interest::UUID;
    }
    if says(&["DATE", "TIME"]) {
        found = found | Interest::DATE;
    }
    let scalar = Interest::INTEGER | Interest::BOOLEAN | Interest::DATE;
    found
        | match column.affinity {
            Affinity::Text => Interest::NONE,
            Affinity::Blob if says(&["BLOB"]) => Interest::NONE,
            Affinity::Blob => scalar | Interest::DECIMAL | Interest::UUID,
            // Digits of a REAL column are looked at only where a rule makes it DECIMAL.
            Affinity::Real => scalar,
            Affinity::Integer | Affinity::Numeric => scalar | Interest::DECIMAL,
        }
}
