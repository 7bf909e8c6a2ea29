use autobot_plan::{Change as _, Plan, Standing};

use super::*;
use crate::fixture::{App, PASSWORD, client_options, configure_options, finish_options, migration_options};
use crate::{ArchiveBy, Change, Error};

fn described(plan: &Plan<Change>) -> String {
    let mut text = String::new();
    for step in &plan.steps {
        let description = step.change.describe();
        text.push_str(&format!("{} [{:?}]\n{}\n", description.title, step.standing, description.detail.join("\n")));
    }
    text + &plan.notes.join("\n")
}

#[test]
fn looking_and_planning_write_nothing() {
    let app = App::new();
    let before = app.whole_state();
    let facts = app.facts();
    configure(&facts, &configure_options()).unwrap();
    migrations(&facts, &migration_options());
    client(&facts, &client_options());
    finish(&facts, &finish_options(&app, ArchiveBy::Move)).unwrap();
    assert_eq!(app.whole_state(), before);
}

#[test]
fn the_diff_shows_what_changes_and_no_secret() {
    let app = App::new();
    let facts = app.facts();
    let plan = configure(&facts, &configure_options()).unwrap();
    let text = described(&plan);
    let record = serde_json::to_string(&plan).unwrap();
    for secret in [PASSWORD, "n0t%23to", "sk-proj-abcdefghijkl", "super_secret_jwt_key"] {
        assert!(!text.contains(secret) && !record.contains(secret), "{secret} in {text}");
        assert!(!format!("{facts:?}").contains(secret), "{secret} in the facts' Debug");
    }
    for line in [
        "-DATABASE_URL=\"file:./dev.db\"",
        "+DATABASE_URL=\"postgresql://autobot:****@localhost:5433/autobot?schema=public\"",
        " OPENAI_API_KEY=****",
        "-  provider = \"sqlite\" // provider = \"sqlite\"",
        "+  provider = \"postgresql\" // provider = \"sqlite\"",
        "+  @@index([timestamp])",
        "+  @@index([updatedAt])",
        "+OPENAI_API_KEY=your_openai_api_key_here",
        "+DATABASE_URL=\"postgresql://postgres:postgres@localhost:5432/autobot?schema=public\"",
    ] {
        assert!(text.lines().any(|shown| shown == line), "no line {line} in\n{text}");
    }
    assert!(!text.contains("+  @@index([status])"), "an index that is there is not added again");
}

#[test]
fn duplicates_and_other_files_are_told() {
    let app = App::new();
    app.write("server/.env", "DATABASE_URL=file:a\n\nDATABASE_URL=file:b\n");
    app.write("server/.env.production", "DATABASE_URL=file:c\n");
    app.write("server/.env.local", "PORT=1\n");
    app.write("server/prisma/.env", "DATABASE_URL=file:d\n");
    let text = configure(&app.facts(), &configure_options()).unwrap().notes.join("\n");
    assert!(text.contains("on lines 1, 3: line 3 counts"), "{text}");
    assert!(text.contains("server/.env.production sets DATABASE_URL too"), "{text}");
    assert!(
        text.contains("server/prisma/.env sets DATABASE_URL too and is left as it is: Prisma's CLI reads both"),
        "{text}"
    );
    assert!(!text.contains(".env.local"), "{text}");
}

#[test]
fn an_existing_example_changes_in_one_line() {
    let app = App::new();
    app.write("server/.env.example", "A=b\r\nDATABASE_URL=file:./x.db\r\n");
    let plan = configure(&app.facts(), &configure_options()).unwrap();
    let example = plan.steps.iter().find(|step| step.change.id().starts_with("write-env-example")).unwrap();
    assert_eq!(example.standing, Standing::ToDo);
    app.write("server/.env.example", "A=b\r\nDATABASE_URL=postgresql://me@mine/x\r\n");
    let plan = configure(&app.facts(), &configure_options()).unwrap();
    let example = plan.steps.iter().find(|step| step.change.id().starts_with("write-env-example")).unwrap();
    assert_eq!(example.standing, Standing::AlreadySo, "an example of PostgreSQL is its owner's");
}

#[test]
fn the_key_is_the_one_that_the_schema_names() {
    let app = App::new();
    let schema = app.read("server/prisma/schema.prisma").replace("DATABASE_URL", "BOT_DB");
    app.write("server/prisma/schema.prisma", &schema);
    app.write("server/.env", "DATABASE_URL=other\nBOT_DB=file:./dev.db\n");
    let plan = configure(&app.facts(), &configure_options()).unwrap();
    assert!(described(&plan).contains("Set BOT_DB in server/.env"));
}

#[test]
fn a_utf16_env_and_a_missing_schema_are_named() {
    let app = App::new();
    std::fs::write(app.path("server/.env"), b"\xFF\xFEA\0=\0").unwrap();
    assert!(
        matches!(configure(&app.facts(), &configure_options()), Err(Error::EnvUtf16 { path }) if path.ends_with(".env"))
    );
    std::fs::remove_file(app.path("server/prisma/schema.prisma")).unwrap();
    let error = crate::Facts::gather(&app.places).unwrap_err();
    assert!(
        matches!(&error, Error::SchemaMissing { path } if path.ends_with("schema.prisma")) && error.hint().is_some()
    );
}

#[test]
fn a_config_file_is_read_and_told_about() {
    let app = App::new();
    app.write(
        "server/prisma.config.ts",
        "import { defineConfig } from 'prisma/config'\nexport default defineConfig({\n  // url: 'no'\n  \
         datasource: { url: 'file:./dev.db' },\n})\n",
    );
    let text = configure(&app.facts(), &configure_options()).unwrap().notes.join("\n");
    assert!(text.contains("server/prisma.config.ts holds the URL itself on line 4"), "{text}");
    assert!(text.contains("does not load .env"), "{text}");
}

#[test]
fn postgres_migrations_stay() {
    let app = App::new();
    app.write("server/prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
    let plan = migrations(&app.facts(), &migration_options());
    assert!(!described(&plan).contains("Move"), "{}", described(&plan));
    assert!(plan.notes[0].contains("PostgreSQL's already"));
}

#[test]
fn without_prisma_the_line_to_type_is_named() {
    let app = App::new();
    std::fs::remove_dir_all(app.path("server/node_modules/prisma")).unwrap();
    let generate = GenerateClient::Npx { timeout: std::time::Duration::from_secs(1), on_failure: OnFailure::Warn };
    let plan = client(&app.facts(), &ClientOptions { generate, ..client_options() });
    assert!(plan.steps.is_empty(), "nothing is moved that could not be generated again");
    assert!(plan.notes.iter().any(|note| note.ends_with("type: cd server && npx prisma generate")), "{:?}", plan.notes);
}

#[test]
fn before_phase_3_generating_rests_on_an_assumption() {
    let app = App::new();
    let plan = client(&app.facts(), &client_options());
    assert!(plan.steps.last().unwrap().assuming.as_ref().unwrap().contains("phase 3"));
}

#[test]
fn nothing_to_archive_is_said() {
    let app = App::new();
    std::fs::remove_file(app.path("server/prisma/dev.db")).unwrap();
    let plan = finish(&app.facts(), &finish_options(&app, ArchiveBy::Move)).unwrap();
    assert!(plan.notes[0].contains("there is no server/prisma/dev.db"));
}
