//! Makes the datasource one of PostgreSQL.

use super::Edits;
use crate::error::Error;
use crate::schema::{BlockKind, Schema, Setting};
use crate::source::Span;
use crate::syntax::{Expression, Member};

const PROVIDER: &str = "postgresql";
const URL: &str = "env(\"DATABASE_URL\")";

impl Schema {
    /// The edits that make `postgresql` the provider, and `env("DATABASE_URL")` the url where it is a literal `file:`
    /// address. A url from the environment stays, and so does a schema without one (Prisma 7).
    ///
    /// Nothing to do where the provider is PostgreSQL already.
    pub fn set_datasource_provider(&self) -> Result<Edits, Error> {
        let datasource = self.datasource().ok_or(Error::NoDatasource)?;
        let fail = |setting: &str, message: &str| Error::Datasource {
            at: datasource.at.clone(),
            setting: setting.to_owned(),
            message: message.to_owned(),
        };
        let provider = self.setting(datasource.span, "provider").ok_or_else(|| fail("provider", "is missing"))?;
        let mut edits = Edits::default();
        match Setting::read(provider) {
            Setting::Literal(name) if name == PROVIDER || name == "postgres" => {}
            Setting::Literal(name) => edits.replace(
                provider.span,
                format!("\"{PROVIDER}\""),
                format!("provider `{name}` becomes `{PROVIDER}`"),
            ),
            _ => return Err(fail("provider", "is no string")),
        }
        if let Some(url) = self.setting(datasource.span, "url")
            && Setting::read(url).literal().is_some_and(|address| address.starts_with("file:"))
        {
            edits.replace(url.span, URL, format!("url becomes {URL}"));
        }
        Ok(edits)
    }

    fn setting(&self, block: Span, key: &str) -> Option<&Expression> {
        let block = self.blocks.iter().find(|b| b.kind == BlockKind::Datasource && b.span == block)?;
        block.members.iter().find_map(|m| match m {
            Member::Setting(name, value) if name.name == key => Some(value),
            _ => None,
        })
    }
}
