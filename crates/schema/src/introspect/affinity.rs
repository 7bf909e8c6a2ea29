use autobot_catalog::Affinity;

/// The affinity of a declared type, by the five rules of SQLite's documentation ("Datatypes", 3.1), in their order.
pub(crate) fn affinity(declared: &str, strict: bool) -> Affinity {
    let declared = declared.to_ascii_uppercase();
    let holds = |parts: &[&str]| parts.iter().any(|part| declared.contains(part));
    if strict && declared == "ANY" || declared.trim().is_empty() {
        Affinity::Blob
    } else if holds(&["INT"]) {
        Affinity::Integer
    } else if holds(&["CHAR", "CLOB", "TEXT"]) {
        Affinity::Text
    } else if holds(&["BLOB"]) {
        Affinity::Blob
    } else if holds(&["REAL", "FLOA", "DOUB"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}
