use autobot_db::TargetUrl;
use autobot_plan::{Plan, Standing};
use autobot_prisma::Setting;

use crate::env::{Refusal, Wanted, example_of, set};
use crate::facts::{EnvFile, Facts};
use crate::schema::{ConfigUrl, SchemaEdits};
use crate::secrets::{masked_env, masked_text};
use crate::url_form::example_url;
use crate::{AppPath, Change, Error, diff};

/// What phase 3 is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigureOptions {
    /// The application's URL (see [`crate::application_url`]).
    pub url: TargetUrl,
    /// Other forms of it, kept as comments below the active one. Usually none.
    pub commented: Vec<CommentedForm>,
    /// Whether `.env.example` is written.
    pub env_example: bool,
    /// What changes in the schema besides the datasource.
    pub schema: SchemaEdits,
}

/// A form of the URL that stands in `.env` as a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentedForm {
    /// The line above it, without `#`.
    pub label: String,
    /// The URL.
    pub url: TargetUrl,
}

/// Phase 3: `schema.prisma`, `.env` and `.env.example`, in this order.
pub fn configure(facts: &Facts, options: &ConfigureOptions) -> Result<Plan<Change>, Error> {
    let mut plan = Plan::new("configure.files");
    schema_steps(facts, options, &mut plan)?;
    env_step(facts, options, &mut plan)?;
    if options.env_example {
        example_step(facts, options, &mut plan)?;
    }
    config_notes(facts, &mut plan);
    Ok(plan)
}

/// What a commented form looks like to the editor.
pub(crate) fn wanted<'a>(key: &'a str, value: &'a autobot_db::Secret, commented: &[CommentedForm]) -> Wanted<'a> {
    let commented = commented.iter().map(|form| (form.label.clone(), form.url.expose())).collect();
    Wanted { key, value, commented }
}

/// The refusal with the file that it is about.
pub(crate) fn refused(refusal: Refusal, file: &AppPath, key: &str) -> Error {
    match refusal {
        Refusal::Utf16 => Error::EnvUtf16 { path: file.path.clone() },
        Refusal::NoSafeForm => Error::EnvUneditable { path: file.path.clone(), key: key.to_owned() },
    }
}

fn schema_steps(facts: &Facts, options: &ConfigureOptions, plan: &mut Plan<Change>) -> Result<(), Error> {
    let after = options.schema.applied(&facts.schema)?;
    for ((file, before), after) in facts.schema_place.files.iter().zip(facts.schema.files()).zip(after.files()) {
        let holds_datasource = facts.schema.datasource().is_some_and(|datasource| datasource.at.file == file.shown);
        if before.text == after.text && !holds_datasource {
            continue;
        }
        let (before, after) = (masked_text(&before.text, &[]), masked_text(&after.text, &[]));
        let change = Change::EditSchema {
            file: file.clone(),
            files: facts.schema_place.files.clone(),
            edits: options.schema.clone(),
            diff: diff::lines(&file.shown, &before, &after),
        };
        plan.push(change, if before == after { Standing::AlreadySo } else { Standing::ToDo });
    }
    let url = after.datasource().and_then(|datasource| datasource.url.as_ref());
    if !matches!(url, None | Some(Setting::Env(_))) {
        plan.note(format!("the schema's datasource holds its url itself: change it by hand to env(\"{}\")", facts.key));
    }
    let passed_over = options.schema.passed_over(&facts.schema);
    if !passed_over.is_empty() {
        plan.note(format!("indexes left out, the schema has no such fields: {}", passed_over.join(", ")));
    }
    Ok(())
}

fn env_step(facts: &Facts, options: &ConfigureOptions, plan: &mut Plan<Change>) -> Result<(), Error> {
    let file = facts.places.named(&facts.places.env);
    let before = facts.env.as_ref().map_or(&[][..], |env| &env.bytes);
    let value = options.url.expose();
    let after =
        set(before, &wanted(&facts.key, &value, &options.commented)).map_err(|why| refused(why, &file, &facts.key))?;
    let mut lines = diff::lines(&file.shown, &masked_env(before), &masked_env(&after));
    if lines.is_empty() && before != after {
        lines.push("only the password changes".to_owned());
    }
    env_notes(facts, &file, plan);
    let url = options.url.to_string();
    let change = Change::SetDatabaseUrl { file, key: facts.key.clone(), url, diff: lines };
    plan.push(change, standing(before == after && facts.env.is_some()));
    Ok(())
}

fn env_notes(facts: &Facts, file: &AppPath, plan: &mut Plan<Change>) {
    let key = &facts.key;
    let lines = facts.env.as_ref().map_or_else(Vec::new, |env| env.lines_of(key));
    match lines.as_slice() {
        [] if facts.env.is_none() => plan.note(format!("there is no {file}: it is made with {key} alone")),
        [] => plan.note(format!("{file} does not set {key}: it is added at the end")),
        [_] => {}
        [.., last] => plan.note(format!(
            "{file} sets {key} on lines {}: line {last} counts, as the last one of a file does, and is the one changed",
            lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
        )),
    }
    for other in &facts.other_env {
        plan.note(if other.beside_schema {
            format!(
                "{} sets {key} too and is left as it is: Prisma's CLI reads both and stops where they differ",
                other.file
            )
        } else {
            format!("{} sets {key} too and is left as it is: change it by hand if the application reads it", other.file)
        });
    }
}

fn example_step(facts: &Facts, options: &ConfigureOptions, plan: &mut Plan<Change>) -> Result<(), Error> {
    let file = facts.places.named(&facts.places.env_example);
    let url = example_url(&options.url);
    let before = facts.env_example.as_ref().map(|example| &example.bytes[..]);
    let env = facts.env.as_ref().map_or(&[][..], |env| &env.bytes);
    let after = example_text(before, env, &facts.key, &url).map_err(|why| refused(why, &file, &facts.key))?;
    // A new example holds no secret, and its placeholders are what the operator wants to see.
    let diff = match before {
        Some(before) => diff::lines(&file.shown, &masked_env(before), &masked_env(&after)),
        None => diff::lines(&file.shown, "", &String::from_utf8_lossy(&after)),
    };
    let change = Change::WriteEnvExample {
        env: facts.places.named(&facts.places.env),
        key: facts.key.clone(),
        url: url.expose().expose().to_owned(),
        diff,
        file,
    };
    plan.push(change, standing(before == Some(&after[..])));
    Ok(())
}

/// `.env.example` as it should be: an existing one gets the URL, unless it shows one of PostgreSQL already; a new one
/// has the structure of `.env`.
pub(crate) fn example_text(
    existing: Option<&[u8]>,
    env: &[u8],
    key: &str,
    url: &TargetUrl,
) -> Result<Vec<u8>, Refusal> {
    let value = url.expose();
    let Some(existing) = existing else { return example_of(env, key, &value) };
    let shown = EnvFile { file: AppPath { path: "".into(), shown: String::new() }, bytes: existing.to_vec() };
    if matches!(shown.scheme_of(key).as_deref(), Some("postgresql" | "postgres")) {
        return Ok(existing.to_vec());
    }
    set(existing, &Wanted { key, value: &value, commented: Vec::new() })
}

fn config_notes(facts: &Facts, plan: &mut Plan<Change>) {
    let Some(config) = &facts.config else { return };
    let file = &config.file;
    match &config.url {
        ConfigUrl::Environment(name) if *name == facts.key => {
            plan.note(format!("{file} takes the URL from {name}: nothing to change there"));
        }
        ConfigUrl::Environment(name) => {
            plan.note(format!("{file} takes the URL from {name}, the schema from {}: set both", facts.key));
        }
        ConfigUrl::Literal(line) => plan
            .note(format!("{file} holds the URL itself on line {line}: change it by hand to env(\"{}\")", facts.key)),
        ConfigUrl::Unknown(line) => {
            plan.note(format!("{file} computes the URL on line {line}: check that it comes to the one in .env"));
        }
        ConfigUrl::Absent => {}
    }
    if !config.loads_env {
        plan.note(format!(
            "{file} does not load .env, and with a config file Prisma's CLI does not either: add `import \"dotenv/config\"`"
        ));
    }
}

fn standing(is_so: bool) -> Standing {
    if is_so { Standing::AlreadySo } else { Standing::ToDo }
}
