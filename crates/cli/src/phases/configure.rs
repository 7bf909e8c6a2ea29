use autobot_appconfig::{ConfigureOptions, Pool, SchemaEdits, UrlForm, application_url, configure as plan_files};
use autobot_db::TargetUrl;
use serde_json::{Value, json};

use super::application::{failure, files, look, name_error, originals_dir, places, schema_edits};
use super::{provision_options, stored_target};
use crate::settings::UrlForm as Form;
use crate::{Context, Desk, Exit, Failure, Result};

/// Phase 3: points the application at PostgreSQL.
pub async fn configure(desk: &mut Desk<'_>) -> Result<Value> {
    let edits = schema_edits(&desk.context().settings, Vec::new());
    let url = files_for_postgres(desk, edits).await?;
    Ok(json!({ "url": url.to_string() }))
}

/// Lays the plan for `.env`, `.env.example` and schema.prisma; phase 4 lays it again when fields need another type.
pub async fn files_for_postgres(desk: &mut Desk<'_>, schema: SchemaEdits) -> Result<TargetUrl> {
    let context = desk.context();
    let facts = look(context, &places(context, originals_dir(desk)?, Vec::new()))?;
    let url = url_for_application(desk)?;
    let options =
        ConfigureOptions { url: url.clone(), commented: Vec::new(), env_example: context.settings.env.example, schema };
    let plan = plan_files(&facts, &options).map_err(failure)?;
    let mut executor = files(desk)?.with_url(url.clone(), Vec::new());
    desk.lay(plan, &mut executor, name_error).await?;
    Ok(url)
}

/// The URL that the application gets; on a describing desk before phase 2, the one that the settings lead to.
fn url_for_application(desk: &mut Desk<'_>) -> Result<TargetUrl> {
    let context = desk.context();
    let stored = stored_target(context)?;
    let settings = &context.settings.env;
    let pool = Pool { connection_limit: settings.connection_limit, pool_timeout_s: settings.pool_timeout };
    let Some(stored) = stored else {
        if !desk.assumes() {
            return Err(Failure::line(Exit::InTheWay, "phase 2 left no target", "type `autobot phase 2` again"));
        }
        let url = assumed(context)?;
        desk.note("configure.files", format!("assuming that phase 2 provides {url}"));
        return Ok(application_url(&url, &UrlForm::Local, &pool));
    };
    match (settings.url_form, stored.inside_container) {
        (Form::Local, _) => Ok(application_url(&stored.target, &UrlForm::Local, &pool)),
        (Form::Container, Some(inside)) => Ok(application_url(&inside, &UrlForm::Local, &pool)),
        (Form::Container, None) => {
            let service = context.settings.target.docker_service.clone();
            Ok(application_url(&stored.target, &UrlForm::InsideContainer { service, port: 5432 }, &pool))
        }
    }
}

fn assumed(context: &Context) -> Result<TargetUrl> {
    let options = provision_options(context, autobot_provision::Expect::NoRows)?;
    if let autobot_provision::Provider::Existing(existing) = options.provider {
        return Ok(existing.target);
    }
    let target = &context.settings.target;
    let text = format!("postgresql://{}:x@{}:{}/{}", target.user, target.host, target.port, target.database);
    Ok(text.parse()?)
}
