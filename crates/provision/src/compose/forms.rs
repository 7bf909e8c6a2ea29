//! The parts of a compose file that matter, in each form that YAML lets people write them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

#[derive(Deserialize)]
pub(super) struct ComposeFile {
    #[serde(default)]
    pub(super) services: BTreeMap<String, ServiceForm>,
}

#[derive(Deserialize, Default)]
pub(super) struct ServiceForm {
    pub(super) image: Option<String>,
    #[serde(default)]
    pub(super) environment: Environment,
    #[serde(default)]
    pub(super) env_file: Files,
    #[serde(default)]
    pub(super) ports: Vec<PortForm>,
    pub(super) network_mode: Option<String>,
}

/// `environment`: a mapping, or a list of `NAME=value`. Values are read as the text that stands there, so that a
/// password of digits keeps its zeros. A name without a value is taken from outside.
#[derive(Default)]
pub(super) struct Environment(pub(super) Vec<(String, Option<String>)>);

/// `env_file`: one, or a list, each a path or a mapping with `path`.
#[derive(Default)]
pub(super) struct Files(pub(super) Vec<String>);

/// An entry of `ports`, short (`"5432:5432"`) or long.
pub(super) enum PortForm {
    Short(String),
    Long { target: Option<String>, published: Option<String>, host_ip: Option<String> },
}

impl<'de> Deserialize<'de> for Environment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Environment;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping or a list")
            }
            fn visit_unit<E>(self) -> Result<Environment, E> {
                Ok(Environment::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Environment, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = list.next_element::<String>()? {
                    let (name, value) = entry.split_once('=').map_or((entry.as_str(), None), |(n, v)| (n, Some(v)));
                    entries.push((name.to_owned(), value.map(str::to_owned)));
                }
                Ok(Environment(entries))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Environment, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<String, Option<String>>()? {
                    entries.push(entry);
                }
                Ok(Environment(entries))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Files;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a path or a list of paths")
            }
            fn visit_unit<E>(self) -> Result<Files, E> {
                Ok(Files::default())
            }
            fn visit_str<E>(self, path: &str) -> Result<Files, E> {
                Ok(Files(vec![path.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Files, A::Error> {
                let mut files = Vec::new();
                while let Some(entry) = list.next_element::<Files>()? {
                    files.extend(entry.0);
                }
                Ok(Files(files))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Files, A::Error> {
                let mut files = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "path" {
                        files.push(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Files(files))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

impl<'de> Deserialize<'de> for PortForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShortOrLong;
        impl<'de> Visitor<'de> for ShortOrLong {
            type Value = PortForm;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a port or a mapping")
            }
            fn visit_str<E>(self, port: &str) -> Result<PortForm, E> {
                Ok(PortForm::Short(port.to_owned()))
            }
            fn visit_i64<E>(self, port: i64) -> Result<PortForm, E> {
                Ok(PortForm::Short(port.to_string()))
            }
            fn visit_u64<E>(self, port: u64) -> Result<PortForm, E> {
                Ok(PortForm::Short(port.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PortForm, A::Error> {
                let (mut target, mut published, mut host_ip) = (None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "target" => target = map.next_value()?,
                        "published" => published = map.next_value()?,
                        "host_ip" => host_ip = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(PortForm::Long { target, published, host_ip })
            }
        }
        deserializer.deserialize_any(ShortOrLong)
    }
}
