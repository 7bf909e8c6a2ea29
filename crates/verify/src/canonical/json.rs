//! JSON as `jsonb` understands it: keys sorted, the last of equal keys wins, numbers by value. A NUL character and a number
//! beyond every double are none of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::decimal::Decimal;

/// Appends the canonical text of a JSON document; none when it is not JSON.
pub(super) fn canonical(text: &str, out: &mut String) -> Option<()> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    match text.as_bytes().first()? {
        b'{' => {
            let members: Members = serde_json::from_str(text).ok()?;
            out.push('{');
            for (key, value) in members.0 {
                without_nul(&key)?;
                out.push_str(&serde_json::to_string(&key).ok()?);
                out.push(':');
                canonical(value.get(), out)?;
                out.push(',');
            }
            out.push('}');
        }
        b'[' => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
            out.push('[');
            for item in items {
                canonical(item.get(), out)?;
                out.push(',');
            }
            out.push(']');
        }
        b'"' => {
            let string: String = serde_json::from_str(text).ok()?;
            without_nul(&string)?;
            out.push_str(&serde_json::to_string(&string).ok()?);
        }
        b't' | b'f' | b'n' => {
            serde_json::from_str::<serde_json::Value>(text).ok()?;
            out.push_str(text);
        }
        _ => {
            serde_json::from_str::<&RawValue>(text).ok()?;
            text.parse::<f64>().ok().filter(|number| number.is_finite())?;
            out.push_str(&Decimal::parse(text)?.text());
        }
    }
    Some(())
}

fn without_nul(text: &str) -> Option<()> {
    (!text.contains('\0')).then_some(())
}

/// Members of an object by key, the last of equal keys kept.
struct Members(BTreeMap<String, Box<RawValue>>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    members.insert(key, value);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
