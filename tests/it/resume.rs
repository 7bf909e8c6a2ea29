//! Killed anywhere and run again, a migration ends as if it had never been killed.

use std::process::Stdio;
use std::time::{Duration, Instant};

use autobot_sample::SampleOptions;

use crate::checkout::{Checkout, WORK_DIR, lines};
use crate::listing::Listing;

/// Enough for the copy to take a while, few enough to do it twenty times.
const MESSAGES: u64 = 4000;

/// Moments in each of the four tests, which run side by side.
const KILLS: u64 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_1() {
    killed_and_run_again(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_2() {
    killed_and_run_again(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_3() {
    killed_and_run_again(3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_4() {
    killed_and_run_again(4).await;
}

/// A power cut can leave half a line at the end of the journal, or nothing of the last lines.
#[tokio::test(flavor = "multi_thread")]
async fn a_torn_journal() {
    autobot_testkit::skip_without_postgres!();
    let undisturbed = undisturbed().await;
    for (through, cut) in [(6, 10), (4, 1), (2, 300)] {
        let checkout = Checkout::new(&SampleOptions::messages(200)).await;
        checkout.through(through);
        let path = checkout.path(WORK_DIR).join("journal.jsonl");
        let journal = std::fs::read(&path).unwrap();
        std::fs::write(&path, &journal[..journal.len() - cut]).unwrap();
        checkout.run(&["migrate"]).exits(0);
        assert_eq!(checkout.rows("Message").await, 200, "cut {cut} bytes after phase {through}");
        assert_eq!(names(&checkout), undisturbed.names, "cut {cut} bytes after phase {through}");
    }
}

/// A journal of another migration is not believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_another_target() {
    autobot_testkit::skip_without_postgres!();
    let checkout = Checkout::new(&SampleOptions::small()).await;
    checkout.through(4);
    let before = checkout.standing().await;
    let other = autobot_testkit::database().await;
    let mut command = crate::program::autobot();
    command.arg("--app").arg(checkout.root()).args(["--target", &other.url, "migrate"]);
    crate::program::Ran::of(&mut command).exits(4).says("target");
    checkout.unchanged(&before, &checkout.standing().await, "another target");
}

struct Ended {
    content: Vec<String>,
    names: Vec<String>,
    took: Duration,
}

async fn undisturbed() -> Ended {
    let checkout = Checkout::new(&SampleOptions::messages(MESSAGES)).await;
    let began = Instant::now();
    checkout.run(&["migrate"]).exits(0);
    let took = began.elapsed();
    Ended { content: content(&checkout.database.url).await, names: names(&checkout), took }
}

async fn killed_and_run_again(seed: u64) {
    autobot_testkit::skip_without_postgres!();
    let undisturbed = undisturbed().await;
    assert!(undisturbed.content.len() > 5, "{:?}", undisturbed.content);
    let mut random = Random(seed);
    for kill in 0..KILLS {
        let checkout = Checkout::new(&SampleOptions::messages(MESSAGES)).await;
        let source = std::fs::read(&checkout.sample.database).unwrap();
        let mut moments = Vec::new();
        // Twice killed is not the same as once: what goes on can be killed too.
        for _ in 0..=kill % 2 {
            let moment = undisturbed.took.mul_f64(random.fraction());
            moments.push(moment);
            let mut child = checkout.command(&["migrate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(moment);
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let when = format!("seed {seed}, kill {kill}, after {moments:?} of {:?}", undisturbed.took);
        let ran = checkout.run(&["migrate"]);
        assert_eq!(ran.code, 0, "{when}\n{}", ran.err);
        assert_eq!(content(&checkout.database.url).await, undisturbed.content, "{when}");
        assert_eq!(names(&checkout), undisturbed.names, "{when}");
        assert_eq!(std::fs::read(&checkout.sample.database).unwrap(), source, "{when}: the source was written to");
    }
}

/// What `public` holds and what else there is: one line for each thing that must not depend on a kill.
async fn content(url: &str) -> Vec<String> {
    let mut content = lines(url, "select nspname::text from pg_namespace where nspname !~ '^pg_' order by 1").await;
    let named = "select tablename::text from pg_tables where schemaname = 'public' order by 1";
    for table in lines(url, named).await {
        // The baseline's times are of the run itself.
        let rows = if table == "_prisma_migrations" {
            "count(*)::text || ' ' || count(finished_at) || ' ' || max(checksum)"
        } else {
            "count(*)::text || ' ' || sum(hashtextextended(t::text, 0)::numeric)"
        };
        let row = lines(url, &format!("select {rows} from public.\"{table}\" t")).await;
        content.push(format!("{table} {}", row.concat()));
    }
    let objects = "select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace
        union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated
        from pg_constraint where connamespace = 'public'::regnamespace
        union all select schemaname || '.' || sequencename || ' ' || last_value from pg_sequences order by 1";
    content.extend(lines(url, objects).await);
    content
}

/// Names of the application's files, without the time in them.
fn names(checkout: &Checkout) -> Vec<String> {
    let files = Listing::of(checkout.root(), &[WORK_DIR]);
    let timeless = |path: &std::path::PathBuf| {
        let name = path.to_string_lossy();
        name.split('/')
            .map(|part| part.trim_matches(|c: char| c.is_ascii_digit() || c == '_'))
            .collect::<Vec<_>>()
            .join("/")
    };
    files.0.keys().map(timeless).collect()
}

/// The 64-bit mix of Steele, Lea and Flood (`SplitMix`): enough to pick moments, the same ones for a seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number of 0 to 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap()) / f64::from(u32::MAX)
    }
}
