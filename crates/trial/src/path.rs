use serde_json::Value;

/// The value at a dotted path into an answer: `data.0.name`; an empty path is the whole answer.
pub(crate) fn at<'a>(answer: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').filter(|part| !part.is_empty()).try_fold(answer, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        Value::Object(members) => members.get(part),
        _ => None,
    })
}

/// A value as a variable: text without quotes, anything else as JSON.
pub(crate) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
