use std::path::{Path, PathBuf};
use std::sync::Arc;

use autobot_db::{TargetUrl, WorkLock};
use autobot_plan::{Fingerprint, Journal, Phase, Stop, files};
use autobot_report::Lang;

use crate::args::Global;
use crate::render::Terminal;
use crate::settings::{self, Provider, Settings};
use crate::{Exit, Failure, Output, Result};

/// Everything that commands share: settings, paths, output, and the wish to stop.
pub struct Context {
    /// The settings, with the command line laid over them.
    pub settings: Settings,
    /// Where output goes.
    pub output: Arc<Output>,
    /// Shows events.
    pub terminal: Terminal,
    /// Set by Ctrl-C.
    pub stop: Stop,
    /// `--target`, where it was given.
    pub target_argument: Option<TargetUrl>,
    /// The settings file, where one was named.
    pub config: Option<PathBuf>,
}

impl Context {
    /// Reads the settings and prepares the output.
    pub fn new(global: &Global) -> Result<Self> {
        let mut settings = settings::load(global)?;
        let target_argument = global.target.as_deref().map(str::parse::<TargetUrl>).transpose()?;
        if target_argument.is_some() {
            settings.target.provider = Provider::Existing;
        }
        let output = Arc::new(Output::new(global));
        let config = global.config.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()));
        let terminal = Terminal::new(output.clone(), settings.lang);
        Ok(Self { settings, terminal, output, stop: Stop::new(), target_argument, config })
    }

    /// The language of reports and summaries.
    pub fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// A path of the application.
    pub fn app(&self, relative: &Path) -> PathBuf {
        std::path::absolute(self.settings.app.dir.join(relative)).unwrap_or_else(|_| relative.to_owned())
    }

    /// The work directory.
    pub fn work_dir(&self) -> PathBuf {
        self.app(&self.settings.work_dir)
    }

    /// The AutoBOT's SQLite database.
    pub fn database(&self) -> PathBuf {
        self.app(&self.settings.app.database)
    }

    /// The journal's file.
    pub fn journal_path(&self) -> PathBuf {
        self.work_dir().join("journal.jsonl")
    }

    /// Where phase 1 keeps its backups: one folder per run.
    pub fn backups_root(&self) -> PathBuf {
        self.work_dir().join("backups")
    }

    /// Where the embedded server keeps its data.
    pub fn embedded_dir(&self) -> PathBuf {
        self.work_dir().join(&self.settings.target.embedded_dir)
    }

    /// The file that keeps the target's URL with its password, mode 0600, from phase 2 on.
    pub fn credentials_path(&self) -> PathBuf {
        self.work_dir().join("target.secret")
    }

    /// Where reports go.
    pub fn reports_dir(&self) -> PathBuf {
        self.work_dir().join("reports")
    }

    /// The same settings for another checkout (the demo's).
    #[must_use]
    pub fn elsewhere(&self, dir: &Path) -> Self {
        let mut settings = self.settings.clone();
        dir.clone_into(&mut settings.app.dir);
        Self {
            settings,
            output: self.output.clone(),
            terminal: Terminal::new(self.output.clone(), self.settings.lang),
            stop: self.stop.clone(),
            target_argument: self.target_argument.clone(),
            config: self.config.clone(),
        }
    }

    /// Refuses an application folder that is not there.
    pub fn require_app(&self) -> Result<()> {
        let dir = &self.settings.app.dir;
        if dir.is_dir() {
            return Ok(());
        }
        Err(Failure::line(
            Exit::Application,
            format!("there is no AutoBOT at `{}`", dir.display()),
            "give the checkout with --app DIR",
        ))
    }

    /// What this migration is about: a journal is believed only by a run with the same fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        let target = &self.settings.target;
        let place = match (&self.target_argument, target.provider) {
            (Some(url), _) => url.to_string(),
            (None, Provider::Embedded) => self.embedded_dir().display().to_string(),
            (None, Provider::Existing) => {
                let url = target.url.as_deref().and_then(|url| url.parse::<TargetUrl>().ok());
                url.map_or_else(String::new, |url| url.to_string())
            }
            (None, _) => format!("{}:{}/{}", target.host, target.port, target.database),
        };
        let fields = [
            ("source", self.database().display().to_string()),
            ("provider", format!("{:?}", target.provider).to_lowercase()),
            ("target", place),
            ("data", self.settings.migrate.data.to_string()),
        ];
        fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
    }

    /// Takes the work directory for this run (making it) and opens the journal.
    pub fn begin(&self) -> Result<(WorkLock, Journal)> {
        self.require_app()?;
        // A journal that does not fit is found before anything is made.
        let journal = self.open_journal()?;
        files::create_private_folder(&self.work_dir())?;
        let lock = WorkLock::take(&self.work_dir().join("lock"))?;
        // Another run may have written between the look and the lock.
        drop(journal);
        Ok((lock, self.open_journal()?))
    }

    /// Until phase 2 is done nothing was done with the target: a mistyped one can be corrected.
    fn open_journal(&self) -> Result<Journal> {
        let done = Journal::read(&self.journal_path())?.is_done(Phase::Provision);
        let may_change: &[&str] = if done { &[] } else { &["target", "provider"] };
        Ok(Journal::open_with(&self.journal_path(), &self.fingerprint(), may_change)?)
    }
}
