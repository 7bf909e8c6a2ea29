use std::fs::File;

use autobot_catalog::{Evidence, Finding, SourceCatalog};
use autobot_db::Source;
use autobot_prisma::Schema;
use serde_json::Value;

use super::Looked;
use crate::{Context, Result};

/// One pass over every value of the source.
pub async fn evidence(
    _context: &Context,
    _source: &Source,
    _catalog: &SourceCatalog,
    _prisma: Option<&Schema>,
) -> Result<Evidence> {
    Ok(Evidence::default())
}

/// Lists every row that the chosen types refuse.
pub fn locate_all(_looked: &Looked, _problems: &[&Finding], _file: &mut File) -> Result<()> {
    Ok(())
}

/// Size and time that the migration will take.
pub fn forecast(_looked: &Looked) -> Value {
    Value::Null
}
