//! Deciding: from facts to a plan. Pure.

use std::path::PathBuf;

use autobot_plan::{Plan, Standing};

use crate::{Change, DatabaseFacts, Facts, Options, Provider, ServerFacts, embedded};

/// The plan's section in the journal.
const SECTION: &str = "provision";

/// Decides what has to be done. What is so already stays in the plan, marked, so that a run can say so.
pub fn plan(facts: &Facts, options: &Options) -> Plan<Change> {
    let mut plan = Plan::new(SECTION);
    let assumption = server_steps(&mut plan, facts, options);
    database_steps(&mut plan, facts, options, assumption.as_deref());
    for note in &facts.notes {
        plan.note(note.clone());
    }
    plan
}

/// The steps that make the server run. Gives what later steps assume while it does not.
fn server_steps(plan: &mut Plan<Change>, facts: &Facts, options: &Options) -> Option<String> {
    match (&facts.server, &options.provider) {
        (ServerFacts::Embedded { programs, made, running, account, closed }, Provider::Embedded(embedded)) => {
            let dir = embedded.dir.clone();
            match programs {
                None => plan.push(Change::Download { dir: embedded.download_dir.clone() }, Standing::ToDo),
                Some(version) => plan.note(format!("found the programs of PostgreSQL {version}")),
            }
            plan.push(Change::MakeCluster { dir: dir.clone() }, standing(*made));
            plan.push(Change::StartServer { dir: dir.clone() }, standing(*running));
            if let Some(account) = account {
                plan.note(format!("the server runs as account `{account}`, because PostgreSQL refuses to run as root"));
                let through =
                    |folder: &PathBuf| format!("account `{account}` alone is let through `{}`", folder.display());
                closed.iter().map(through).for_each(|note| plan.note(note));
            }
            (!running).then(|| format!("assuming the server in `{}` runs", dir.display()))
        }
        (ServerFacts::Docker { service, running }, _) => {
            let change = Change::StartService { file: service.file.clone(), service: service.name.clone() };
            plan.push(change, standing(*running));
            plan.note(format!("service `{}` is {}, published as port {}", service.name, service.image, service.port));
            (!running).then(|| format!("assuming service `{}` runs", service.name))
        }
        _ => None,
    }
}

fn database_steps(plan: &mut Plan<Change>, facts: &Facts, options: &Options, assumption: Option<&str>) {
    let unknown = DatabaseFacts {
        role: Some(Standing::ToDo),
        database: Standing::ToDo,
        rights: None,
        credentials: Standing::ToDo,
    };
    let found = facts.database.unwrap_or(unknown);
    let mut push = |change: Change, standing: Option<Standing>| match (standing, assumption) {
        (_, Some(assumption)) => plan.push_assuming(change, assumption),
        (None, None) => plan.push(change, Standing::ToDo),
        (Some(standing), None) => plan.push(change, standing),
    };
    if facts.server != ServerFacts::Existing {
        if found.role.is_some() && !uses_administrator(facts, options) {
            push(Change::CreateRole { role: options.role.clone() }, found.role);
        }
        let (database, owner) = (options.database.clone(), options.role.clone());
        push(Change::CreateDatabase { database, owner }, Some(found.database));
        let (database, schema, role) = (options.database.clone(), options.schema.clone(), options.role.clone());
        push(Change::GrantRights { database, schema, role }, found.rights);
    }
    let target = match &facts.target {
        Some(target) => target.to_string(),
        None => format!("role `{}`, database `{}`, port chosen at the first start", options.role, options.database),
    };
    let file = options.credentials_file.clone();
    push(Change::StoreCredentials { file, target }, Some(found.credentials));
}

/// True where the application is to use the administrator's role, which is then not made.
fn uses_administrator(facts: &Facts, options: &Options) -> bool {
    match &facts.server {
        ServerFacts::Docker { service, .. } => service.user == options.role.as_str(),
        ServerFacts::Embedded { .. } => options.role.as_str() == embedded::SUPERUSER,
        ServerFacts::Local | ServerFacts::Existing => false,
    }
}

fn standing(is_so: bool) -> Standing {
    if is_so { Standing::AlreadySo } else { Standing::ToDo }
}
