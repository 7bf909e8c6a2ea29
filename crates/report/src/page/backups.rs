use super::Page;
use super::grid::{Column, and_more, digest, grid, number, row_name};
use crate::BackupFile;
use crate::Words;
use crate::markup::Markup;
use crate::numbers::size;
use crate::texts::words;

/// Most files that are shown.
const FILES_SHOWN_MAX: usize = 200;

const COLUMNS: [Column; 4] =
    [Column::text(words::FILE), Column::text(words::FOR), Column::number(words::SIZE), Column::text(words::CHECKSUM)];

/// The backup's files with their checksums.
pub(super) fn write(page: Page<'_>, markup: &mut Markup) {
    let files = &page.report.backups;
    grid(page, markup, "backups", page.say(words::BACKUPS_CAPTION), &COLUMNS, |markup| {
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
    markup.leaf("p", &[("class", "quiet")], page.say(words::BACKUPS_SAY));
}

/// What a file is for, in words; an unknown kind as it is.
fn words<'a>(page: Page<'_>, file: &'a BackupFile) -> &'a str {
    const WORDS: [(&str, Words); 10] = [
        ("database", words::KIND_DATABASE),
        ("environment", words::KIND_ENVIRONMENT),
        ("schema", words::KIND_SCHEMA),
        ("migrations", words::KIND_MIGRATIONS),
        ("sessions", words::KIND_SESSIONS),
        ("dump", words::KIND_DUMP),
        ("row_counts", words::KIND_ROW_COUNTS),
        ("export", words::KIND_EXPORT),
        ("archive", words::KIND_ARCHIVE),
        ("postgres", words::KIND_POSTGRES),
    ];
    WORDS.iter().find(|(kind, _)| *kind == file.kind).map_or(file.kind.as_str(), |(_, text)| page.say(*text))
}
