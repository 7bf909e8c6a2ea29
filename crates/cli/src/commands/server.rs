use std::fmt::Display;

use autobot_cluster::{Cluster, State};
use autobot_provision::embedded_cluster;
use serde_json::json;

use crate::args::ServerWhat;
use crate::phases::{embedded_options, provision_failure, stored_target};
use crate::render::words;
use crate::{Context, Exit, Failure, Result};

/// `autobot server start|stop|status`: the embedded PostgreSQL.
pub fn server(context: &Context, what: &ServerWhat) -> Result<Exit> {
    let dir = context.embedded_dir();
    if !Cluster::is_initialized(&dir) {
        return Err(Failure::line(
            Exit::InTheWay,
            format!("there is no embedded server in `{}`", dir.display()),
            "`autobot phase 2` makes it",
        ));
    }
    let mut cluster = embedded_cluster(&embedded_options(context)).map_err(provision_failure)?;
    let done = match what {
        ServerWhat::Start => cluster.start().map(|_| ()),
        ServerWhat::Stop => cluster.stop().map(|_| ()),
        ServerWhat::Status => Ok(()),
    };
    done.map_err(|error| {
        let hint = error.hint();
        Failure::new(Exit::Target, error, hint)
    })?;
    let target = stored_target(context)?.map(|stored| stored.target.to_string());
    let lang = context.lang();
    let (word, text) = match cluster.state() {
        State::Running { pid, port } => {
            let shown = target.clone().unwrap_or_default();
            let values: [(&str, &dyn Display); 3] = [("pid", &pid), ("port", &port), ("target", &shown)];
            ("running", words::RUNNING.filled(lang, &values))
        }
        State::Starting { pid } => ("starting", words::STARTING.filled(lang, &[("pid", pid)])),
        State::Stopped | State::Stale { .. } => ("stopped", words::STOPPED.to(lang).to_owned()),
    };
    context.output.result(&text, &json!({ "state": word, "dir": dir, "target": target }));
    Ok(Exit::Done)
}
