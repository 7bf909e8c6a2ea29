//! Makes a sample by hand: `cargo run --release -p autobot-sample --example make -- DIR MESSAGES [extras] [nasty]`.

use std::path::Path;
use std::time::Instant;

use autobot_sample::{SampleOptions, make};

#[expect(clippy::print_stdout, reason = "an example for a terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let dir = words.first().ok_or("which directory?")?;
    let messages: u64 = words.get(1).map_or(Ok(0), |word| word.parse())?;
    let sized = if messages == 0 { SampleOptions::small() } else { SampleOptions::messages(messages) };
    let has = |word: &str| words.iter().any(|given| given == word);
    let started = Instant::now();
    let sample = make(Path::new(dir), &SampleOptions { extras: has("extras"), nasty: has("nasty"), ..sized })?;
    println!("{}: {:.2} s, rows {:?}", sample.database.display(), started.elapsed().as_secs_f64(), sample.rows);
    Ok(())
}
