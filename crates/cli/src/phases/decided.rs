use std::path::Path;

use autobot_appconfig::{Facts, SchemaEdits};
use autobot_catalog::Rules;
use autobot_db::SchemaName;
use autobot_prisma::{Flavor, Schema};

use super::application::{failure, ruled, schema_edits, widened};
use super::{given_target, stored_target};
use crate::args::AssessLevel;
use crate::pipeline::{Looked, Looking, look};
use crate::{Context, Exit, Failure, Result};

/// What becomes of the source: decided by schema.prisma as it will be, the owner's rules and every value.
pub struct Decided {
    /// What was found and decided.
    pub looked: Looked,
    /// What changes in schema.prisma.
    pub edits: SchemaEdits,
}

/// Looks at every value of the frozen copy. Phase 1 refuses by it, so that nothing of the application is changed for a
/// source that does not go over; phase 4 carries it out.
pub async fn decided(context: &Context, source: &Path, facts: &Facts, rules: &Rules) -> Result<Decided> {
    let flavor = flavor_of(facts);
    let mut edits = schema_edits(&context.settings, ruled(&facts.schema, rules));
    let prisma = edits.applied(&facts.schema).map_err(failure)?;
    let mut looked = look(context, looking(context, source, prisma.clone(), rules, flavor)?).await?;
    let wider = widened(&context.settings, &prisma, &looked.migration.findings);
    if !wider.is_empty() {
        edits.field_changes.extend(wider);
        let prisma = edits.applied(&facts.schema).map_err(failure)?;
        looked = look(context, looking(context, source, prisma, rules, flavor)?).await?;
    }
    Ok(Decided { looked, edits })
}

/// The form of Prisma's DDL, by the version that is installed.
pub fn flavor_of(facts: &Facts) -> Flavor {
    facts.client.prisma_version.as_deref().and_then(Flavor::of_version).unwrap_or_default()
}

fn looking<'a>(
    context: &Context,
    source: &'a Path,
    prisma: Schema,
    rules: &'a Rules,
    flavor: Flavor,
) -> Result<Looking<'a>> {
    let schema = SchemaName::new(published_schema(context)?);
    let schema = schema.map_err(|error| Failure::new(Exit::Settings, error, None))?;
    let assess = AssessLevel::Full;
    Ok(Looking { source, prisma: Some(prisma), rules, schema, assess, check_pages: false, flavor, indexes: Vec::new() })
}

/// The schema that the tables are published in: that of the target which phase 2 proved, else of the URL given, else of
/// the settings. The application's `.env` gets the same.
fn published_schema(context: &Context) -> Result<String> {
    let proved = stored_target(context)?.map(|stored| stored.target.schema);
    let given = given_target(context)?.map(|target| target.schema);
    Ok(proved.or(given).unwrap_or_else(|| context.settings.target.schema.clone()))
}
