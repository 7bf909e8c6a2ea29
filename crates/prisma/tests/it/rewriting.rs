use autobot_prisma::{Flavor, Schema, SourceFile, postgres_ddl, tokens};

use crate::fixtures::{Fixture, assert_same};

/// Every so many characters a schema is cut off, and loses one; odd, so that fixtures are hit at different places.
const DAMAGE_EVERY: usize = 13;

fn parse(text: &str) -> Schema {
    Schema::parse(&[SourceFile::new("schema.prisma", text)]).unwrap()
}

/// The schema as it was under SQLite, for fixtures in which nothing else has these words.
fn on_sqlite(text: &str) -> String {
    text.replacen("\"postgresql\"", "\"sqlite\"", 1).replacen("env(\"DATABASE_URL\")", "\"file:./dev.db\"", 1)
}

#[test]
fn provider_comes_back_to_the_byte() {
    for fixture in Fixture::all() {
        for text in [fixture.text.clone(), fixture.text.replace('\n', "\r\n"), format!("\u{feff}{}", fixture.text)] {
            let schema = parse(&on_sqlite(&text));
            let changed = schema.apply(&schema.set_datasource_provider().unwrap()).unwrap();
            assert_same(&fixture.name, &text, &changed.files()[0].text);
        }
    }
}

#[test]
fn provider_and_line_ends_do_not_change_the_ddl() {
    for fixture in Fixture::all() {
        let schema = parse(&on_sqlite(&fixture.text).replace('\n', "\r\n"));
        let ddl = postgres_ddl(&schema, fixture.flavor()).unwrap();
        assert_same(&fixture.name, &fixture.expected, &ddl.migration_sql());
    }
}

#[test]
fn the_plans_indexes_give_what_prisma_gives_with_them() {
    let mut schema = Fixture::named("autobot").schema();
    for (model, field) in [("Client", "updatedAt"), ("Message", "timestamp"), ("Message", "status")] {
        schema = schema.apply(&schema.add_index(model, &[field]).unwrap()).unwrap();
        assert!(schema.add_index(model, &[field]).unwrap().is_empty(), "a second time");
    }
    let ddl = postgres_ddl(&schema, Flavor::default()).unwrap();
    let expected = Fixture::named("autobot_plan_indexes");
    assert_same("autobot with the plan's indexes", &expected.expected, &ddl.migration_sql());
    // But for the plan's comments, the text is that of a person who added them.
    let without_comments = |text: &str| {
        text.lines()
            .map(|l| if l.contains("@@index") { l.split(" //").next().unwrap() } else { l })
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(without_comments(&schema.files()[0].text).trim_end().lines().count(), expected.text.lines().count());
}

#[test]
fn an_index_on_every_first_field_parses_again() {
    for fixture in Fixture::all() {
        for text in [fixture.text.clone(), fixture.text.replace('\n', "\r\n")] {
            let schema = parse(&text);
            let models: Vec<(String, String)> =
                schema.models().filter_map(|m| Some((m.name.clone(), m.columns().last()?.name.clone()))).collect();
            for (model, field) in models {
                let edits = schema.add_index(&model, &[&field]).unwrap();
                let changed = schema.apply(&edits).unwrap();
                let added = changed.model(&model).unwrap().indexes.len() - schema.model(&model).unwrap().indexes.len();
                assert_eq!(added, usize::from(!edits.is_empty()), "{} {model}", fixture.name);
                let inserted: usize = edits.iter().map(|e| e.text.len()).sum();
                assert_eq!(changed.files()[0].text.len(), text.len() + inserted);
            }
        }
    }
}

#[test]
fn tokens_of_every_fixture_are_its_text() {
    for fixture in Fixture::all() {
        let joined: String = tokens(&fixture.text).into_iter().map(|t| fixture.text[t.range].to_owned()).collect();
        assert_same(&fixture.name, &fixture.text, &joined);
    }
}

#[test]
fn no_cut_off_or_damaged_schema_panics() {
    for fixture in Fixture::all() {
        for (at, _) in fixture.text.char_indices().step_by(DAMAGE_EVERY) {
            let (before, after) = fixture.text.split_at(at);
            let damaged = format!("{before}{}", after.chars().skip(1).collect::<String>());
            for text in [before, damaged.as_str()] {
                if let Ok(schema) = Schema::parse(&[SourceFile::new("schema.prisma", text)]) {
                    let _ = schema.postgres_findings();
                }
            }
        }
    }
}
