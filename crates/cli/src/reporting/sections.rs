//! Where the time went, as the report's plot of sections shows it.

use autobot_plan::State;
use autobot_report::Section;
use autobot_transfer::TransferReport;
use autobot_verify::Report as Verified;

/// Sections that are changes of the journal: their name, the section of the plan, the beginning of the change's id.
const CHANGES: [(&str, &str, &str); 6] = [
    ("backup", "prepare.", ""),
    ("provision", "provision", ""),
    ("schema", "migrate.load", "prepare-stage"),
    ("sequences", "migrate.load", "set-sequences"),
    ("publish", "migrate.publish", ""),
    ("finish", "finish.", ""),
];

/// What the load does, by the beginning of what it says of each work; the rest is indexes and keys.
const LOADING: [(&str, &str); 4] =
    [("load_rows", "rows of "), ("foreign_keys", "foreign key "), ("publish", "statistics of "), ("indexes", "")];

/// The order of the work, which is the order in the plot.
const ORDER: [&str; 13] = [
    "backup",
    "provision",
    "assess",
    "schema",
    "load_rows",
    "indexes",
    "foreign_keys",
    "sequences",
    "prove",
    "publish",
    "verify",
    "server",
    "finish",
];

/// Collects sections; those that took no time are left out.
#[derive(Debug, Default)]
pub struct Sections(Vec<Section>);

impl Sections {
    /// A section that took so many milliseconds.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a run are far below 2^52")]
    pub fn add_ms(&mut self, name: &str, ms: u64) {
        self.add(name, ms as f64 / 1000.0);
    }

    /// Those that the journal knows.
    pub fn add_changes(&mut self, state: &State) {
        for (name, section, id) in CHANGES {
            let of_section =
                |change: &&autobot_plan::ChangeRecord| change.section.starts_with(section) && change.id.starts_with(id);
            self.add_ms(name, state.changes.iter().filter(of_section).map(|change| change.took_ms).sum());
        }
    }

    /// The load: by the clock, since sessions work side by side.
    pub fn add_load(&mut self, transfer: &TransferReport) {
        let kind = |what: &str| LOADING.iter().find(|(_, begins)| what.starts_with(begins)).map(|(name, _)| *name);
        for (name, _) in LOADING {
            let works = transfer.work.iter().filter(|work| kind(&work.what) == Some(name));
            self.add(name, by_the_clock(works.map(|work| (work.began, work.began + work.seconds)).collect()));
        }
    }

    /// A comparison.
    pub fn add_comparison(&mut self, name: &str, found: &Verified) {
        self.add_ms(name, found.tables.iter().map(|table| table.took_ms).sum());
    }

    /// In the order of the work.
    pub fn in_order(mut self) -> Vec<Section> {
        self.0.sort_by_key(|section| ORDER.iter().position(|name| *name == section.name));
        self.0
    }

    fn add(&mut self, name: &str, seconds: f64) {
        if seconds <= 0.0 {
            return;
        }
        match self.0.iter_mut().find(|section| section.name == name) {
            Some(section) => section.seconds += seconds,
            None => self.0.push(Section { name: name.to_owned(), seconds, began: None }),
        }
    }
}

/// How long at least one of the stretches was going on.
fn by_the_clock(mut stretches: Vec<(f64, f64)>) -> f64 {
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut reached) = (0.0, f64::NEG_INFINITY);
    for (from, to) in stretches {
        sum += (to - from.max(reached)).max(0.0);
        reached = reached.max(to);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::by_the_clock;

    #[test]
    fn what_overlaps_counts_once() {
        let check = |stretches: &[(f64, f64)], expected: f64| {
            assert!((by_the_clock(stretches.to_vec()) - expected).abs() < 1e-9, "{stretches:?}");
        };
        check(&[], 0.0);
        check(&[(1.0, 3.0), (0.0, 2.0)], 3.0);
        check(&[(0.0, 10.0), (2.0, 3.0), (12.0, 13.0)], 11.0);
    }
}
