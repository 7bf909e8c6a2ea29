use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use autobot_plan::{Event, Observer, Standing, Unit};
use autobot_report::Lang;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{phase_text, words};
use crate::Output;

/// Shows events: bars on a terminal, plain lines otherwise. Keeps warnings for the end.
pub struct Terminal {
    output: Arc<Output>,
    lang: Lang,
    bars: MultiProgress,
    open: Mutex<HashMap<String, ProgressBar>>,
    warnings: Mutex<Vec<String>>,
}

impl Terminal {
    /// Shows on the given output, in a language.
    pub fn new(output: Arc<Output>, lang: Lang) -> Self {
        let target = if output.bars { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bars = MultiProgress::with_draw_target(target);
        Self { output, lang, bars, open: Mutex::default(), warnings: Mutex::default() }
    }

    /// The warnings so far.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.lock().map(|warnings| warnings.clone()).unwrap_or_default()
    }

    fn line(&self, text: &str) {
        self.bars.suspend(|| self.output.say(text));
    }

    fn progress(&self, id: &str, part: &str, done: u64, total: Option<u64>, unit: Unit) {
        let Ok(mut open) = self.open.lock() else { return };
        let bar = open.entry(format!("{id}\n{part}")).or_insert_with(|| {
            let bar = self.bars.add(ProgressBar::new(0).with_style(style(unit)).with_message(part.to_owned()));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        bar.set_length(total.unwrap_or(done).max(done));
        bar.set_position(done);
        if total.is_some_and(|total| done >= total) {
            bar.finish_and_clear();
        }
    }

    /// Takes the bars of one change away.
    pub fn end(&self, id: &str) {
        let Ok(mut open) = self.open.lock() else { return };
        open.retain(|key, bar| {
            let ours = key.split('\n').next() == Some(id);
            if ours {
                bar.finish_and_clear();
            }
            !ours
        });
    }
}

impl Observer for Terminal {
    fn on(&self, event: &Event) {
        match event {
            Event::PhaseStarted { phase } => self.line(&phase_text(self.lang, words::PHASE_BEGINS, *phase)),
            Event::ChangeStarted { id, title } => {
                tracing::debug!(id, "begins");
                if !self.output.bars {
                    tracing::info!("{title}");
                }
            }
            Event::Progress { id, part, done, total, unit } => self.progress(id, part, *done, *total, *unit),
            Event::ChangeEnded { id, standing, summary, took_ms } => {
                self.end(id);
                match standing {
                    Standing::AlreadySo => self.line(&format!("  = {summary} {}", words::ALREADY_SO.to(self.lang))),
                    _ => self.line(&format!("  ✓ {summary}{}", took(self.lang, *took_ms))),
                }
            }
            Event::Note { text } => self.line(&format!("  · {text}")),
            Event::Warning { text } => {
                self.line(&format!("  ! {text}"));
                if let Ok(mut warnings) = self.warnings.lock() {
                    warnings.push(text.clone());
                }
            }
            Event::PhaseEnded { phase, took_ms } => {
                let ended = phase_text(self.lang, words::PHASE_ENDED, *phase);
                self.line(&format!("{ended}{}", took(self.lang, *took_ms)));
            }
        }
    }
}

/// How long it took, where that is worth telling.
fn took(lang: Lang, took_ms: u64) -> String {
    let time = match took_ms {
        0..100 => return String::new(),
        100..60_000 => format!("{}.{} s", took_ms / 1000, took_ms % 1000 / 100),
        _ => format!("{} min {} s", took_ms / 60_000, took_ms / 1000 % 60),
    };
    format!(" {}", words::TIME_TAKEN.filled(lang, &[("time", time)]))
}

fn style(unit: Unit) -> ProgressStyle {
    let template = match unit {
        Unit::Rows | Unit::Items => "  {msg:24!} {wide_bar} {human_pos}/{human_len} {per_sec:>14} {eta:>5}",
        Unit::Bytes => "  {msg:24!} {wide_bar} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec:>14} {eta:>5}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
