use super::Page;
use crate::Level;
use crate::Words;
use crate::markup::Markup;
use crate::numbers::{moment, size};
use crate::texts::words;

/// What ran, on what, when.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let run = &page.report.run;
    markup.within("dl", &[("class", "run")], |markup| {
        let mut entry = |title: Words, write: &dyn Fn(&mut Markup)| {
            markup.within("div", &[], |markup| {
                markup.leaf("dt", &[], page.say(title));
                markup.within("dd", &[], write);
            });
        };
        entry(words::RUN_COMMAND, &|markup| markup.name(&run.command));
        entry(words::RUN_STARTED, &|markup| {
            markup.leaf("time", &[("datetime", &run.started_at)], &moment(&run.started_at));
        });
        if let Some(at) = &run.ended_at {
            entry(words::RUN_ENDED, &|markup| markup.leaf("time", &[("datetime", at)], &moment(at)));
        }
        entry(words::RUN_SOURCE, &|markup| {
            markup.name(&run.source.path);
            markup.text(&format!(" ({})", size(page.lang, run.source.size_bytes)));
            if let Some(sha256) = &run.source.sha256 {
                super::grid::digest(markup, sha256);
            }
        });
        entry(words::RUN_TARGET, &|markup| markup.name(&run.target));
        if let Some(earlier) = &run.against {
            entry(words::RUN_AGAINST, &|markup| markup.name(earlier));
        }
        let plain = [
            (words::RUN_SERVER, run.server_version.as_deref()),
            (words::RUN_PROVIDER, run.provider.as_deref().map(|provider| provider_words(page, provider))),
            (words::RUN_LEVEL, page.report.proof.as_ref().map(|proof| level_words(page, proof.level))),
        ];
        for (title, value) in plain {
            if let Some(value) = value {
                entry(title, &|markup| markup.text(value));
            }
        }
        for (title, path) in [(words::RUN_APP, &run.app_dir), (words::RUN_WORK, &run.work_dir)] {
            if let Some(path) = path {
                entry(title, &|markup| markup.name(path));
            }
        }
        entry(words::RUN_VERSION, &|markup| markup.text(&run.tool_version));
    });
}

fn level_words(page: Page<'_>, level: Level) -> &'static str {
    page.say(match level {
        Level::Counts => words::LEVEL_COUNTS,
        Level::Content => words::LEVEL_CONTENT,
        Level::Rows => words::LEVEL_ROWS,
    })
}

/// Who provides the server, in words; an unknown provider as it is.
fn provider_words<'a>(page: Page<'_>, provider: &'a str) -> &'a str {
    page.say(match provider {
        "embedded" => words::PROVIDER_EMBEDDED,
        "local" => words::PROVIDER_LOCAL,
        "docker" => words::PROVIDER_DOCKER,
        "existing" => words::PROVIDER_EXISTING,
        _ => return provider,
    })
}
