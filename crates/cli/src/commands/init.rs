use std::path::{Path, PathBuf};

use autobot_plan::files;
use autobot_report::Lang;
use serde_json::json;

use crate::args::InitArgs;
use crate::render::words;
use crate::settings::SHIPPED;
use crate::{Context, Exit, Failure, Result};

/// `autobot init`: a commented settings file for the AutoBOT found in `--app`.
pub fn init(context: &Context, args: &InitArgs) -> Result<Exit> {
    context.require_app()?;
    let path = context.app(Path::new("config/autobot.toml"));
    if path.exists() && !args.force {
        return Err(Failure::line(
            Exit::InTheWay,
            format!("`{}` is there already", path.display()),
            "edit it, or replace it with `autobot init --force`",
        ));
    }
    let found = look(context);
    files::create_private_folder(files::parent(&path))?;
    files::replace(&path, settings_for(context.lang(), &found).as_bytes(), 0o644)?;
    let lines: Vec<String> = found.iter().map(|(key, path)| format!("  {key}: {}", path.display())).collect();
    let lang = context.lang();
    let (shown, dir) = (path.display(), context.settings.app.dir.display());
    let text = [
        words::WROTE.filled(lang, &[("path", &shown)]),
        lines.join("\n"),
        words::INIT_NEXT.filled(lang, &[("path", &shown), ("dir", &dir)]),
    ]
    .join("\n");
    context.output.result(&text, &json!({ "outcome": "done", "settings": path, "found": found }));
    Ok(Exit::Done)
}

/// The application's files where they are not in the plan's places: the settings' key and what was found.
fn look(context: &Context) -> Vec<(&'static str, PathBuf)> {
    let app = &context.settings.app;
    let candidates: [(&'static str, &Path, &[&str]); 4] = [
        ("database", &app.database, &["prisma/dev.db", "dev.db", "server/dev.db", "server/prisma/prod.db"]),
        ("env", &app.env, &[".env"]),
        ("schema", &app.schema, &["prisma/schema.prisma", "server/prisma/schema", "prisma/schema"]),
        ("migrations", &app.migrations, &["prisma/migrations"]),
    ];
    let there = |path: &Path| context.app(path).exists();
    candidates
        .into_iter()
        .filter_map(|(key, usual, others)| {
            let others = others.iter().map(|other| Path::new(*other));
            let found = std::iter::once(usual).chain(others).find(|path| there(path))?;
            Some((key, found.to_owned()))
        })
        .collect()
}

/// The shipped settings in the operator's language, with what was found in place of the plan's paths.
fn settings_for(lang: Lang, found: &[(&'static str, PathBuf)]) -> String {
    let line = |text: &str| {
        let replaced = found.iter().find(|(key, _)| text.starts_with(&format!("{key} = ")));
        replaced.map_or_else(
            || text.to_owned(),
            |(key, path)| format!("{key} = {}", toml::Value::from(path.to_string_lossy().replace('\\', "/"))),
        )
    };
    // Only the table [app] holds paths of the application; `database` is a key of [target] too.
    let (app, rest) = SHIPPED.split_once("\n[target]").unwrap_or((SHIPPED, ""));
    let app: Vec<String> = app.lines().map(line).collect();
    let text = format!("{}\n\n[target]{rest}", app.join("\n"));
    if lang == Lang::Es { text.replacen("\nlang = \"en\"", "\nlang = \"es\"", 1) } else { text }
}
