//! Doing: the only writer of the application's files.

mod apply;
mod generate;
mod undo;

use std::path::PathBuf;

use autobot_db::TargetUrl;
use autobot_plan::{Executor, Outcome, Scope, Standing};

use crate::originals::Originals;
use crate::{Change, CommentedForm, Error};

pub use generate::generate_client;

/// Knows how far each change is, makes it so, and takes it back.
#[derive(Debug)]
pub struct AppFiles {
    backup_dir: PathBuf,
    originals: Originals,
    url: Option<TargetUrl>,
    commented: Vec<CommentedForm>,
    notices: Vec<String>,
}

impl AppFiles {
    /// Works with the backup directory of a run, which must be the same one for undoing.
    pub fn new(backup_dir: impl Into<PathBuf>) -> Self {
        let backup_dir = backup_dir.into();
        let originals = Originals::in_backup(&backup_dir);
        Self { backup_dir, originals, url: None, commented: Vec::new(), notices: Vec::new() }
    }

    /// Gives the URL that `.env` gets, as the plan's options have it; changes and journals do not hold it.
    #[must_use]
    pub fn with_url(mut self, url: TargetUrl, commented: Vec<CommentedForm>) -> Self {
        self.url = Some(url);
        self.commented = commented;
        self
    }

    /// What undoing found that the operator must know (a file edited since, and where that version is), once.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }
}

impl Executor<Change> for AppFiles {
    type Error = Error;

    async fn probe(&mut self, change: &Change) -> Result<Standing, Error> {
        self.look(change)
    }

    async fn apply(&mut self, change: &Change, scope: &Scope<'_>) -> Result<Outcome, Error> {
        match change {
            Change::GenerateClient { .. } => self.generate(change, scope).await,
            _ => self.make_so(change),
        }
    }

    async fn undo(&mut self, change: &Change, _outcome: &Outcome) -> Result<(), Error> {
        self.take_back(change)
    }
}

#[cfg(test)]
mod tests;
