use super::Page;
use super::grid::{Column, and_more, digest, grid, number, row_name};
use crate::BackupFile;
use crate::markup::Markup;
use crate::numbers::size;
use crate::texts::Text;

/// Most files that are shown.
const FILES_SHOWN_MAX: usize = 200;

const COLUMNS: [Column; 4] =
    [Column::text(Text::File), Column::text(Text::For), Column::number(Text::Size), Column::text(Text::Checksum)];

/// The backup's files with their checksums.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let files = &page.report.backups;
    grid(page, markup, "backups", page.say(Text::BackupsCaption), &COLUMNS, |markup| {
        markup.within("tbody", &[], |markup| {
            for file in files.iter().take(FILES_SHOWN_MAX) {
                markup.within("tr", &[], |markup| {
                    row_name(markup, &file.path);
                    markup.leaf("td", &[], words(page, file));
                    number(markup, &size(page.lang, file.size_bytes));
                    markup.within("td", &[], |markup| {
                        if let Some(sha256) = &file.sha256 {
                            digest(markup, sha256);
                        }
                    });
                });
            }
        });
    });
    and_more(page, markup, files.len(), FILES_SHOWN_MAX);
    markup.leaf("p", &[("class", "quiet")], page.say(Text::BackupsSay));
}

/// What a file is for, in words; an unknown kind as it is.
fn words<'a>(page: Page<'_>, file: &'a BackupFile) -> &'a str {
    const WORDS: [(&str, Text); 10] = [
        ("database", Text::KindDatabase),
        ("environment", Text::KindEnvironment),
        ("schema", Text::KindSchema),
        ("migrations", Text::KindMigrations),
        ("sessions", Text::KindSessions),
        ("dump", Text::KindDump),
        ("row_counts", Text::KindRowCounts),
        ("export", Text::KindExport),
        ("archive", Text::KindArchive),
        ("postgres", Text::KindPostgres),
    ];
    WORDS.iter().find(|(kind, _)| *kind == file.kind).map_or(file.kind.as_str(), |(_, text)| page.say(*text))
}
