use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use autobot_plan::files::FileError;

/// The header of a database (SQLite file format, 1.3).
pub(super) type Header = [u8; 100];

/// The header of a file that is open already.
pub(super) fn read(mut file: &File) -> io::Result<Header> {
    let mut header = [0; 100];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut header)?;
    Ok(header)
}

/// Gives a copy the header of its source, and syncs it.
pub(super) fn write(path: &Path, header: &Header) -> Result<(), FileError> {
    change(path, |own| *own = *header)
}

/// Gives a copy only the two bytes of the journal mode (SQLite file format, 1.3.3): the other fields describe the copy's
/// own pages.
pub(super) fn write_mode(path: &Path, header: &Header) -> Result<(), FileError> {
    change(path, |own| own[18..20].copy_from_slice(&header[18..20]))
}

fn change(path: &Path, change: impl Fn(&mut Header)) -> Result<(), FileError> {
    let changed = OpenOptions::new().read(true).write(true).open(path).and_then(|mut file| {
        let mut header = read(&file)?;
        change(&mut header);
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header)?;
        file.sync_all()
    });
    changed.map_err(FileError::new("write", path))
}
