use autobot_appconfig::{ArchiveBy, ArchiveOptions, FinishOptions, finish as plan_files};
use serde_json::{Value, json};

use super::application::{app_files_dir, failure, files, look, name_error, places};
use super::{frozen_backup, given_files};
use crate::{Desk, Result};

/// Phase 6: tuning, backups and their schedule, the README's page, the archive of the SQLite file.
pub async fn finish(desk: &mut Desk<'_>) -> Result<Value> {
    let context = desk.context();
    let settings = &context.settings.finish;
    let backup = frozen_backup(desk)?;
    let created = backup.as_ref().map_or_else(autobot_plan::Timestamp::now, |backup| backup.manifest().created_at);
    let given = given_files::given_files(desk, created)?;
    let folder = backup.as_ref().map_or_else(|| context.backups_root(), |backup| backup.folder().to_owned());
    let places = places(context, app_files_dir(&folder), given.iter().map(|file| file.path.clone()).collect());
    let facts = look(context, &places)?;
    let options = FinishOptions {
        readme_section: settings.readme.then(|| given_files::readme_section(desk)).transpose()?,
        archive: settings.archive.then(|| ArchiveOptions { how: ArchiveBy::Copy, stamp: created.compact() }),
        files: given,
    };
    let written: Vec<_> = options.files.iter().map(|file| file.path.clone()).collect();
    let plan = plan_files(&facts, &options).map_err(failure)?;
    let mut executor = files(desk)?;
    desk.lay(plan, &mut executor, name_error).await?;
    Ok(json!({ "written": written }))
}
