use super::Page;
use crate::Level;
use crate::markup::Markup;
use crate::numbers::{moment, size};
use crate::texts::Text;

/// What ran, on what, when.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let run = &page.report.run;
    markup.within("dl", &[("class", "run")], |markup| {
        let mut entry = |title: Text, write: &dyn Fn(&mut Markup)| {
            markup.within("div", &[], |markup| {
                markup.leaf("dt", &[], page.say(title));
                markup.within("dd", &[], write);
            });
        };
        entry(Text::RunCommand, &|markup| markup.name(&run.command));
        entry(Text::RunStarted, &|markup| {
            markup.leaf("time", &[("datetime", &run.started_at)], &moment(&run.started_at));
        });
        if let Some(at) = &run.ended_at {
            entry(Text::RunEnded, &|markup| markup.leaf("time", &[("datetime", at)], &moment(at)));
        }
        entry(Text::RunSource, &|markup| {
            markup.name(&run.source.path);
            markup.text(&format!(" ({})", size(page.lang, run.source.size_bytes)));
            if let Some(sha256) = &run.source.sha256 {
                super::grid::digest(markup, sha256);
            }
        });
        entry(Text::RunTarget, &|markup| markup.name(&run.target));
        if let Some(earlier) = &run.against {
            entry(Text::RunAgainst, &|markup| markup.name(earlier));
        }
        let plain = [
            (Text::RunServer, run.server_version.as_deref()),
            (Text::RunProvider, run.provider.as_deref().map(|provider| provider_words(page, provider))),
            (Text::RunLevel, page.report.proof.as_ref().map(|proof| level_words(page, proof.level))),
        ];
        for (title, value) in plain {
            if let Some(value) = value {
                entry(title, &|markup| markup.text(value));
            }
        }
        for (title, path) in [(Text::RunApp, &run.app_dir), (Text::RunWork, &run.work_dir)] {
            if let Some(path) = path {
                entry(title, &|markup| markup.name(path));
            }
        }
        entry(Text::RunVersion, &|markup| markup.text(&run.tool_version));
    });
}

fn level_words(page: Page<'_>, level: Level) -> &'static str {
    page.say(match level {
        Level::Counts => Text::LevelCounts,
        Level::Content => Text::LevelContent,
        Level::Rows => Text::LevelRows,
    })
}

/// Who provides the server, in words; an unknown provider as it is.
fn provider_words<'a>(page: Page<'_>, provider: &'a str) -> &'a str {
    page.say(match provider {
        "embedded" => Text::ProviderEmbedded,
        "local" => Text::ProviderLocal,
        "docker" => Text::ProviderDocker,
        "existing" => Text::ProviderExisting,
        _ => return provider,
    })
}
