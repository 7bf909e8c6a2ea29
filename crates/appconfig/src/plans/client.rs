use std::time::Duration;

use autobot_plan::{Plan, Standing};

use crate::facts::{Facts, MoveFacts};
use crate::schema::FoundBy;
use crate::{AppPath, Change, Moved};

/// What phase 4 is asked to do about the Prisma client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// Whether clients generated for SQLite are moved to the run's backup (`node_modules/.prisma`, or the folder that
    /// the generator names).
    pub move_generated: bool,
    /// Whether the package `@prisma/client` is moved too, as the plan's `rm -rf` did. Off is the better choice: it
    /// holds nothing generated since Prisma 2.12, and only `npm ci` brings it back.
    pub move_package: bool,
    /// Whether, and how, the client is generated anew.
    pub generate: GenerateClient,
}

/// Generating the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GenerateClient {
    /// Not at all: the plan names the line to type.
    ByHand,
    /// By `npx prisma generate`, where Prisma is installed.
    Npx {
        /// The longest time that it may take.
        timeout: Duration,
        /// What a failure means.
        on_failure: OnFailure,
    },
    /// By a command of the operator's (`pnpm`, a script).
    Command {
        /// Program and arguments.
        command: Vec<String>,
        /// The longest time that it may take.
        timeout: Duration,
        /// What a failure means.
        on_failure: OnFailure,
    },
}

/// What a failure of `prisma generate` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnFailure {
    /// The run stops, and goes on there next time.
    Stop,
    /// A warning with the line to type; the rows are in PostgreSQL all the same.
    Warn,
}

/// Phase 4, last part: clients generated for SQLite move to the backup, the client is generated anew.
pub fn client(facts: &Facts, options: &ClientOptions) -> Plan<Change> {
    let mut plan = Plan::new("migrate.client");
    let found = &facts.client;
    adapter_note(facts, &mut plan);
    let command = command(facts, options);
    let Some((command, timeout, on_failure)) = command else {
        let line = generate_line(facts);
        plan.note(match found.prisma_version {
            Some(_) => format!("the client is left to you: {line}"),
            None => format!("Prisma is not installed here; where it is, type: {line}"),
        });
        return plan;
    };
    for one in &facts.moves {
        let asked = match one.what {
            Moved::Migrations => false,
            Moved::GeneratedClient => options.move_generated,
            Moved::ClientPackage => options.move_package,
        };
        if asked {
            move_step(facts, one, &mut plan);
        }
    }
    let change = Change::GenerateClient {
        folder: AppPath::new(&facts.places.app_dir, &facts.places.server_dir),
        command,
        schema: facts.schema_place.files.clone(),
        generated: found.generated.clone(),
        absent_before: found.generated.iter().filter(|folder| !found.is_there(folder)).cloned().collect(),
        timeout_ms: u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX),
        required: on_failure == OnFailure::Stop,
    };
    if facts.is_for_postgres() {
        plan.push(change, if found.is_for_postgres() { Standing::AlreadySo } else { Standing::ToDo });
    } else {
        plan.push_assuming(change, "assuming phase 3 made the schema PostgreSQL's");
    }
    plan
}

/// The line that generates the client, for a person.
fn generate_line(facts: &Facts) -> String {
    let server = AppPath::new(&facts.places.app_dir, &facts.places.server_dir);
    let line = generate_command(facts).join(" ").replace("npx.cmd", "npx").replace(" --no-install", "");
    if server.shown.is_empty() { line } else { format!("cd {server} && {line}") }
}

fn command(facts: &Facts, options: &ClientOptions) -> Option<(Vec<String>, Duration, OnFailure)> {
    match &options.generate {
        GenerateClient::ByHand => None,
        GenerateClient::Npx { timeout, on_failure } => {
            facts.client.prisma_version.as_ref().map(|_| (generate_command(facts), *timeout, *on_failure))
        }
        GenerateClient::Command { command, timeout, on_failure } => Some((command.clone(), *timeout, *on_failure)),
    }
}

/// Program and arguments that generate the client, to be run in the server's folder.
///
/// `--no-install`: npx is to run what the application has, never to fetch another version.
pub fn generate_command(facts: &Facts) -> Vec<String> {
    let program = if cfg!(windows) { "npx.cmd" } else { "npx" };
    let mut command: Vec<String> = [program, "--no-install", "prisma", "generate"].map(str::to_owned).into();
    if facts.schema_place.found_by == FoundBy::Settings {
        let root = &facts.schema_place.root.path;
        let below = root.strip_prefix(&facts.places.server_dir).unwrap_or(root);
        command.extend(["--schema".to_owned(), below.to_string_lossy().into_owned()]);
    }
    command
}

fn move_step(facts: &Facts, one: &MoveFacts, plan: &mut Plan<Change>) {
    let is_new = one.what == Moved::GeneratedClient && facts.client.is_postgres_client(&one.from);
    let nothing = one.standing == Standing::AlreadySo || is_new;
    if one.is_moved || !nothing {
        let (from, to, what) = (one.from.clone(), one.to.clone(), one.what);
        plan.push(Change::MoveAside { from, to, what }, one.standing);
    }
}

fn adapter_note(facts: &Facts, plan: &mut Plan<Change>) {
    let found = &facts.client;
    if !found.sqlite_adapters.is_empty() && !found.has_pg_adapter {
        plan.note(format!(
            "the application uses {}: its code needs @prisma/adapter-pg to reach PostgreSQL",
            found.sqlite_adapters.join(", ")
        ));
    }
}
