//! How role, database and rights stand on a running server.

use autobot_db::{Name, TargetUrl};
use autobot_plan::Standing;
use sqlx::PgConnection;

use super::{DatabaseFacts, same_role, target_of};
use crate::admin::{self, Administrator, Login};
use crate::inspect::{check_version, inspect, version_note};
use crate::{Error, Options, Proof, Result, Stored};

/// Looks at everything that phase 2 makes on a server, and refuses what is in the way.
pub(crate) async fn standings(
    options: &Options,
    admin_url: &TargetUrl,
    known: Option<&Stored>,
    notes: &mut Vec<String>,
) -> Result<DatabaseFacts> {
    let mut connection = admin::connect(admin_url).await?;
    let administrator = admin::who(&mut connection).await?;
    check_version(administrator.version_number, &administrator.version)?;
    notes.extend(version_note(administrator.version_number, &administrator.version));

    let role = role(options, &mut connection, admin_url, known).await?;
    if role == Some(Standing::ToDo) && !administrator.may_create_roles {
        return Err(lacks(&administrator, "create roles"));
    }
    let database = database(options, &mut connection).await?;
    if database == Standing::ToDo && !administrator.may_create_databases {
        return Err(lacks(&administrator, "create databases"));
    }
    let ready = role.is_none_or(|standing| standing != Standing::ToDo) && database == Standing::AlreadySo;
    let rights = if ready { Some(rights(options, admin_url).await?) } else { None };
    let target = target_of(options, admin_url, known);
    let proved = ready && rights == Some(Standing::AlreadySo) && role.is_none_or(|role| role == Standing::AlreadySo);
    if ready {
        check_contents(options, admin_url).await?;
    }
    if proved && target.password.is_some() {
        let found = inspect(&target).await?;
        found.check(options.expect)?;
        notes.extend(found.notes().into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
    }
    let kept = known.is_some_and(|known| known.target == target && known.proof == Proof::Proved);
    let credentials = if proved && kept { Standing::AlreadySo } else { Standing::ToDo };
    Ok(DatabaseFacts { role, database, rights, credentials })
}

/// How the role stands; none where the administrator's own is the application's.
///
/// A role that is there must be one whose password we know. One that our credentials file knows was made by us, so its
/// password may be set anew.
pub(crate) async fn role(
    options: &Options,
    connection: &mut PgConnection,
    admin_url: &TargetUrl,
    known: Option<&Stored>,
) -> Result<Option<Standing>> {
    let role: &Name = &options.role;
    if role.as_str() == admin_url.user {
        return Ok(None);
    }
    if !admin::exists(connection, role).await? {
        return Ok(Some(Standing::ToDo));
    }
    let target = target_of(options, admin_url, known);
    if target.password.is_none() {
        return Err(Error::RoleTaken { role: role.to_string() });
    }
    let ours = known.is_some_and(|known| same_role(&known.target, &target));
    match admin::may_log_in(&target).await? {
        Login::Accepted => Ok(Some(Standing::AlreadySo)),
        Login::Refused if ours => Ok(Some(Standing::PartDone)),
        Login::Refused => Err(Error::WrongPassword { role: role.to_string() }),
    }
}

/// How the database stands; one with another encoding is refused.
pub(crate) async fn database(options: &Options, connection: &mut PgConnection) -> Result<Standing> {
    match admin::database(connection, &options.database).await?.as_deref() {
        None => Ok(Standing::ToDo),
        Some("UTF8") => Ok(Standing::AlreadySo),
        Some(encoding) => {
            Err(Error::Encoding { database: options.database.to_string(), encoding: encoding.to_owned() })
        }
    }
}

/// How the role's rights in the database stand.
pub(crate) async fn rights(options: &Options, admin_url: &TargetUrl) -> Result<Standing> {
    let mut connection = admin::connect(&admin_url.with_database(options.database.as_str())).await?;
    let missing = admin::missing(&mut connection, &options.role, &options.schema).await?;
    Ok(if missing.is_empty() { Standing::AlreadySo } else { Standing::ToDo })
}

/// Refuses rows in the application's schema, seen as the administrator, before anything is granted in it.
async fn check_contents(options: &Options, admin_url: &TargetUrl) -> Result<()> {
    let mut seen_by_admin = admin_url.with_database(options.database.as_str());
    options.schema.as_str().clone_into(&mut seen_by_admin.schema);
    inspect(&seen_by_admin).await?.check_contents(options.expect)
}

fn lacks(administrator: &Administrator, right: &str) -> Error {
    Error::NoRights { role: administrator.user.clone(), right: right.to_owned() }
}
