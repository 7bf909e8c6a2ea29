use std::fmt::Display;
use std::path::Path;

use autobot_db::{Name, Target, TargetError, TargetUrl};
use autobot_plan::{Scope, Timestamp};
use autobot_provision::dump::{
    self, Backup, DumpOptions, Onto, RestoreOptions, Via, create, prune, restore as put_back,
};
use autobot_provision::embedded_cluster;
use serde_json::json;
use sqlx::Row;

use super::source::target;
use crate::args::BackupArgs;
use crate::phases::{docker_options, embedded_options, provision_failure};
use crate::render::words;
use crate::settings::Provider;
use crate::{Context, Exit, Failure, Result};

/// `autobot backup`: dumps PostgreSQL, then forgets backups beyond the newest ones.
pub async fn backup(context: &Context, args: &BackupArgs) -> Result<Exit> {
    let settings = &context.settings.backup;
    let dir = args.dir.clone().unwrap_or_else(|| context.app(&settings.dir));
    let keep = args.keep.unwrap_or(settings.keep);
    if keep == 0 {
        return Err(Failure::line(Exit::Arguments, "keeping no backup at all is no backup", "give --keep 1 or more"));
    }
    let made = take(context, &dir).await?;
    let scope = Scope { id: "backup", observer: &context.terminal, stop: &context.stop };
    let pruned = prune(&dir, keep, &scope).await.map_err(provision_failure)?;
    for damaged in &pruned.damaged {
        let backup = format!("{damaged:?}");
        context.output.insist(format!("  ! {}", words::BACKUP_DAMAGED.filled(context.lang(), &[("backup", backup)])));
    }
    let (path, kept, deleted) = (made.path.display(), pruned.kept.len(), pruned.deleted.len());
    let values: [(&str, &dyn Display); 3] = [("path", &path), ("kept", &kept), ("deleted", &deleted)];
    let text = words::BACKUP.filled(context.lang(), &values);
    let document = json!({ "outcome": "done", "backup": made.path, "kept": pruned.kept, "deleted": pruned.deleted });
    context.output.result(&text, &document);
    Ok(Exit::Done)
}

/// Makes a backup in a folder, and reads it back.
pub async fn take(context: &Context, dir: &Path) -> Result<Backup> {
    let database = target(context)?;
    let via = via(context, &database).await?;
    let options = DumpOptions { target: database.url().clone(), via, dir: dir.to_owned(), at: Timestamp::now() };
    let scope = Scope { id: "backup", observer: &context.terminal, stop: &context.stop };
    create(&options, &scope).await.map_err(provision_failure)
}

/// Restores a backup into a database of its own on the embedded server, whose superuser is ours; nothing on another.
pub async fn rehearse(context: &Context, backup: &Backup) -> Result<()> {
    if context.settings.target.provider != Provider::Embedded {
        return Ok(());
    }
    let cluster = embedded_cluster(&embedded_options(context)).map_err(provision_failure)?;
    let Some(connection) = cluster.connection() else { return Ok(()) };
    let admin: TargetUrl = connection.url("postgres").parse()?;
    let via = via(context, &Target::new(admin.clone())).await?;
    let scope = Scope { id: "rehearse", observer: &context.terminal, stop: &context.stop };
    let database = format!("autobot_rehearsal_{}", Timestamp::now().compact());
    let database = Name::new(database).map_err(|error| Failure::new(Exit::Bug, error, None))?;
    dump::rehearse(backup, &admin, &database, via, &scope).await.map_err(provision_failure)?;
    context.terminal.end("rehearse");
    Ok(())
}

/// `autobot restore BACKUP` and `autobot rollback postgres --from BACKUP` (the plan's rollback option 2): everything in
/// the database is replaced, in one transaction. What was there is backed up first.
pub async fn restore(context: &Context, from: &Path) -> Result<Exit> {
    if !from.is_file() {
        let text = format!("there is no backup `{}`", from.display());
        return Err(Failure::line(Exit::Arguments, text, "`autobot backup` makes one; see the folder of backups"));
    }
    let database = target(context)?;
    let values: [(&str, &dyn Display); 2] = [("target", database.url()), ("from", &from.display())];
    let question = words::ASK_RESTORE.filled(context.lang(), &values);
    if !context.output.confirm(&question) {
        return Err(Failure::line(Exit::Interrupted, "not confirmed", "nothing was changed"));
    }
    let via = via(context, &database).await?;
    let scope = Scope { id: "restore", observer: &context.terminal, stop: &context.stop };
    let before = if is_empty(&database).await? {
        None
    } else {
        let dir = context.app(&context.settings.backup.dir).join("before-restore");
        let options = DumpOptions { target: database.url().clone(), via: via.clone(), dir, at: Timestamp::now() };
        Some(create(&options, &scope).await.map_err(provision_failure)?.path)
    };
    let options = RestoreOptions { target: database.url().clone(), via, from: from.to_owned(), onto: Onto::Replaced };
    let restored = put_back(&options, &scope).await.map_err(provision_failure)?;
    let rows: u64 = restored.tables.iter().map(|(_, rows)| rows).sum();
    let (count, shown) = (restored.tables.len(), from.display());
    let values: [(&str, &dyn Display); 3] = [("tables", &count), ("rows", &rows), ("from", &shown)];
    let mut text = words::RESTORED.filled(context.lang(), &values);
    if let Some(before) = &before {
        text.push('\n');
        text.push_str(&words::BEFORE.filled(context.lang(), &[("path", &before.display())]));
    }
    let tables: Vec<_> = restored.tables.iter().map(|(name, rows)| json!({ "name": name, "rows": rows })).collect();
    context.output.result(&text, &json!({ "outcome": "done", "from": from, "tables": tables, "before": before }));
    Ok(Exit::Done)
}

/// Whose `pg_dump` and `psql`: the container's for provider `docker`, this machine's otherwise.
async fn via(context: &Context, database: &Target) -> Result<Via> {
    if context.settings.target.provider == Provider::Docker {
        return Via::container(&docker_options(context)).await.map_err(provision_failure);
    }
    let mut session = database.connect().await?;
    let row = sqlx::query("select current_setting('server_version_num')::int / 10000").fetch_one(&mut session).await;
    let row = row.map_err(TargetError::query("ask for the server's version"))?;
    let major = u16::try_from(row.get::<i32, _>(0)).unwrap_or_default();
    let hint = context.settings.target.programs_dir.as_ref().map(|dir| context.app(dir));
    Via::programs(hint.as_deref(), std::env::var_os("PATH").as_deref(), major).map_err(provision_failure)
}

async fn is_empty(database: &Target) -> Result<bool> {
    let sql = "select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace \
               where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') \
               and n.nspname not like 'pg\\_%')";
    let mut session = database.connect().await?;
    let row = sqlx::query(sql).fetch_one(&mut session).await.map_err(TargetError::query("look at the target"))?;
    Ok(row.get(0))
}
