use std::collections::BTreeMap;

use serde_json::Value;

/// Puts variables in the place of `{{name}}`; a name that is not known stays as it is, and the check fails by it.
pub(crate) fn fill(text: &str, variables: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once("}}") else {
            filled.push_str("{{");
            rest = after;
            continue;
        };
        match variables.get(name.trim()) {
            Some(value) => filled.push_str(value),
            None => filled.push_str(&format!("{{{{{name}}}}}")),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The same in every string of a JSON value.
pub(crate) fn fill_json(value: &Value, variables: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => Value::String(fill(text, variables)),
        Value::Array(items) => items.iter().map(|item| fill_json(item, variables)).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(key, value)| (key.clone(), fill_json(value, variables))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_put_in_and_unknown_ones_stay() {
        let variables = BTreeMap::from([("id".to_owned(), "7".to_owned())]);
        assert_eq!(fill("/api/{{id}}/{{ id }}/{{no}}/{{", &variables), "/api/7/7/{{no}}/{{");
    }
}
