//! Published ports.

use std::collections::BTreeMap;

use super::environment::interpolate;
use super::forms::PortForm;

/// A port of this machine that leads into a container.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) inside: u16,
}

/// Reads one entry of `ports`; none where no fixed port of this machine is named.
pub(super) fn published(form: &PortForm, variables: &BTreeMap<String, String>) -> Option<Published> {
    match form {
        PortForm::Short(text) => short(&interpolate(text, variables)),
        PortForm::Long { target, published, host_ip } => {
            let plain = |text: &Option<String>| text.as_deref().map(|text| interpolate(text, variables));
            Some(Published {
                host: reachable(&plain(host_ip).unwrap_or_default()),
                port: plain(published)?.parse().ok()?,
                inside: plain(target)?.parse().ok()?,
            })
        }
    }
}

/// `[host:]published:inside[/tcp]`.
fn short(text: &str) -> Option<Published> {
    let text = text.strip_suffix("/tcp").unwrap_or(text);
    let (rest, inside) = text.rsplit_once(':')?;
    let (host, port) = rest.rsplit_once(':').unwrap_or(("", rest));
    Some(Published { host: reachable(host), port: port.parse().ok()?, inside: inside.parse().ok()? })
}

/// "Every address" is reached as `localhost`.
fn reachable(host: &str) -> String {
    match host.trim_start_matches('[').trim_end_matches(']') {
        "" | "0.0.0.0" | "::" => "localhost".to_owned(),
        host => host.to_owned(),
    }
}
