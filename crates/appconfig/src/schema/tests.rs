use super::*;
use crate::fixture::App;
use crate::{AppPath, Facts};

fn config(text: &str) -> ConfigFile {
    config::read(AppPath { path: "prisma.config.ts".into(), shown: "prisma.config.ts".to_owned() }, text)
}

#[test]
fn the_usual_config_forms_are_recognised() {
    let env = |text: &str| config(text).url;
    let name = ConfigUrl::Environment("DB".to_owned());
    assert_eq!(env("export default { datasource: { url: env('DB') } }"), name);
    assert_eq!(env("export default { datasource: { url: env<Env>(\"DB\"), } }"), name);
    assert_eq!(env("export default { datasource: { url: process.env.DB! } }"), name);
    assert_eq!(env("export default { datasource: {\n url: process.env['DB'],\n} }"), name);
    assert_eq!(env("export default { datasource: {\n url: 'file:./dev.db' } }"), ConfigUrl::Literal(2));
    assert_eq!(env("export default { datasource: { url: `file:${dir}/dev.db` } }"), ConfigUrl::Unknown(1));
    assert_eq!(env("export default { datasource: { url: makeUrl() } }"), ConfigUrl::Unknown(1));
    assert_eq!(env("// url: 'x'\n/* url: 'y' */ export default {}"), ConfigUrl::Absent);
    assert_eq!(env("export default { site: 'https://a.b', schema: 'x' }"), ConfigUrl::Absent);
}

#[test]
fn paths_of_a_config_are_read() {
    let read = config(
        "import 'dotenv/config'\nexport default defineConfig({ schema: path.join('db', 'schema'),\n  \
         migrations: { seed: 'x', path: \"db/migrations\" } })",
    );
    assert_eq!(read.schema.unwrap(), std::path::Path::new("db/schema"));
    assert_eq!(read.migrations.unwrap(), std::path::Path::new("db/migrations"));
    assert!(read.loads_env);
}

#[test]
fn the_schema_is_found_as_prisma_finds_it() {
    let app = App::new();
    let found = |app: &App| {
        let place = Facts::gather(&app.places).unwrap().schema_place;
        (place.root.shown, place.found_by)
    };
    assert_eq!(found(&app), ("server/prisma/schema.prisma".to_owned(), FoundBy::Default));
    let schema = app.read("server/prisma/schema.prisma");
    app.write("server/db/main.prisma", &schema);
    app.write("server/package.json", "{ \"prisma\": { \"schema\": \"db/main.prisma\" } }");
    assert_eq!(found(&app), ("server/db/main.prisma".to_owned(), FoundBy::PackageJson));
    app.write("server/other.prisma", &schema);
    app.write("server/prisma.config.js", "module.exports = { schema: 'other.prisma' }");
    assert_eq!(found(&app), ("server/other.prisma".to_owned(), FoundBy::Config));
}

#[test]
fn a_schema_of_several_files_is_edited_where_it_must() {
    let app = App::new();
    std::fs::remove_file(app.path("server/prisma/schema.prisma")).unwrap();
    app.write(
        "server/prisma/schema/base.prisma",
        "datasource db {\r\n  provider = \"sqlite\"\r\n  url = \"file:./dev.db\"\r\n}\r\n",
    );
    app.write("server/prisma/schema/models/a.prisma", "model A {\n  id Int @id\n  big Int\n}\n");
    app.write("server/prisma/schema/models/b.prisma", "model Message {\n  id Int @id\n  status String\n}\n");
    app.write("server/prisma/schema/migrations/1/ignored.prisma", "not a schema");
    app.write("server/package.json", "{ \"prisma\": { \"schema\": \"prisma/schema\" } }");
    let facts = app.facts();
    assert_eq!(facts.migrations.folder.shown, "server/prisma/schema/migrations");
    let edits = SchemaEdits {
        indexes: plan_indexes(),
        field_changes: vec![FieldChange { model: "A".into(), field: "big".into(), new_type: "BigInt".into() }],
    };
    let after = edits.applied(&facts.schema).unwrap();
    let texts: Vec<&str> = after.files().iter().map(|file| file.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "datasource db {\r\n  provider = \"postgresql\"\r\n  url = env(\"DATABASE_URL\")\r\n}\r\n",
            "model A {\n  id Int @id\n  big BigInt\n}\n",
            "model Message {\n  id Int @id\n  status String\n\n  @@index([status])\n}\n",
        ]
    );
    assert_eq!(edits.passed_over(&facts.schema), ["Message(timestamp)", "Client(updatedAt)"]);
    let again = edits.applied(&after).unwrap();
    assert_eq!(again.files(), after.files(), "a second time changes nothing");
}
