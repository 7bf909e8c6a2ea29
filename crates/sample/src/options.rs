//! How big a sample is, and of what kind.

/// Bots that [`SampleOptions::messages`] stops at, as in a large installation.
const BOTS_MAX: u64 = 20;

/// Size and kind of a sample. The same options give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleOptions {
    /// Bots; each belongs to a user of its own, so this is the number of users too. The first user is `admin`.
    pub bots: u64,
    /// Clients, dealt out to the bots in turn.
    pub clients: u64,
    /// Messages.
    pub messages: u64,
    /// Reminders.
    pub reminders: u64,
    /// Seed of every choice.
    pub seed: u64,
    /// A later version of the application: states, tags with a join table, settings, campaigns, an enum, and one more
    /// column in `Client`, in schema.prisma, in the migrations and in the database alike.
    pub extras: bool,
    /// Adds rows that PostgreSQL refuses or that are easily damaged: NUL, invalid UTF-8, `\.`, odd dates, booleans as
    /// text. A sample with these cannot be migrated without rules.
    pub nasty: bool,
}

impl SampleOptions {
    /// An AutoBOT of a few people, about as small as the plan's (its 60 KB; here some 100 KB: there are more indexes).
    pub fn small() -> Self {
        Self { bots: 3, clients: 16, messages: 48, reminders: 6, seed: 1, extras: false, nasty: false }
    }

    /// An AutoBOT just installed: every table there, every table empty.
    pub fn empty() -> Self {
        Self { bots: 0, clients: 0, messages: 0, reminders: 0, ..Self::small() }
    }

    /// An AutoBOT with this many messages and everything else in proportion; a million messages bring 20 bots, 50,000
    /// clients, 5,000 reminders and a database of about half a gigabyte.
    pub fn messages(messages: u64) -> Self {
        Self {
            bots: (3 + messages / 50_000).min(BOTS_MAX),
            clients: (messages / 20).max(16),
            messages,
            reminders: (messages / 200).max(6),
            ..Self::small()
        }
    }

    /// Rows that need a bot to belong to.
    pub(crate) fn rows_of_bots(&self) -> u64 {
        self.clients + self.messages + self.reminders + u64::from(self.nasty)
    }
}
