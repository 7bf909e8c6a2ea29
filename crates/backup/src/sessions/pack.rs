use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use autobot_plan::files::FileError;
use autobot_plan::{Scope, Unit};
use tar::{Builder, EntryType, Header, HeaderMode};

use super::entry::{Entry, What};
use super::pipe::PipeStart;
use crate::facts::modified_ns;
use crate::hashing::Hashing;
use crate::{BackupError, trees};

/// How often a file is tried that changes while it is read.
const TRIES_MAX: u32 = 4;

/// Pause between tries: a bot writes its keys in one go.
const PAUSE: Duration = Duration::from_millis(25);

/// Up to this size a file is read before it is packed, so that a try that failed leaves no trace in the archive. A
/// larger one is packed again behind itself, and unpacking keeps the last.
const HELD_MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What was packed.
#[derive(Debug, Default)]
pub(super) struct Packed {
    pub(super) entries: Vec<Entry>,
    /// Files that changed, came or went meanwhile.
    pub(super) changed: Vec<String>,
    /// What is neither file, folder nor link.
    pub(super) skipped: Vec<String>,
}

/// Length and time of last change.
type Stamp = (u64, i64);

/// Packs a folder into a pipe, under the folder's own name.
pub(super) fn pack(origin: &Path, pipe: PipeStart, archive: &Path, scope: &Scope<'_>) -> Result<Packed, BackupError> {
    let total_bytes = trees::measure(origin)?.1;
    let mut packer = Packer::new(origin, pipe, archive)?;
    let root = packer.root.clone();
    let metadata = fs::metadata(&root).map_err(FileError::new("look at", &root))?;
    packer.folder(&root, &metadata)?;
    trees::walk(&root, &mut |path, metadata| {
        if scope.stop.is_requested() {
            return Err(BackupError::Stopped { path: archive.to_owned() });
        }
        scope.progress(packer.done_bytes, Some(total_bytes), Unit::Bytes);
        packer.any(path, metadata)
    })?;
    packer.finish()
}

struct Packer<'a> {
    builder: Builder<PipeStart>,
    archive: &'a Path,
    /// The folder by its real path: on Windows that is the form without a limit of length.
    root: PathBuf,
    /// Its name in the archive.
    name: PathBuf,
    packed: Packed,
    stamps: HashMap<PathBuf, Stamp>,
    /// Files with several names, by device and number, and the name that was packed.
    linked: HashMap<(u64, u64), PathBuf>,
    done_bytes: u64,
}

impl<'a> Packer<'a> {
    fn new(origin: &Path, pipe: PipeStart, archive: &'a Path) -> Result<Self, BackupError> {
        let root = fs::canonicalize(origin).map_err(FileError::new("find", origin))?;
        let name = PathBuf::from(origin.file_name().unwrap_or(OsStr::new("sessions")));
        let mut builder = Builder::new(pipe);
        builder.mode(HeaderMode::Complete);
        let (packed, stamps, linked) = (Packed::default(), HashMap::new(), HashMap::new());
        Ok(Self { builder, archive, root, name, packed, stamps, linked, done_bytes: 0 })
    }

    fn any(&mut self, path: &Path, metadata: &Metadata) -> Result<(), BackupError> {
        if metadata.is_dir() {
            self.folder(path, metadata)
        } else if metadata.is_symlink() {
            self.link(path, metadata)
        } else if metadata.is_file() {
            match self.other_name(path, metadata) {
                Some(target) => self.hard_link(path, target, metadata),
                None => self.file(path),
            }
        } else {
            self.packed.skipped.push(shown(&self.inside(path)));
            Ok(())
        }
    }

    fn folder(&mut self, path: &Path, metadata: &Metadata) -> Result<(), BackupError> {
        let inside = self.inside(path);
        let mut header = header(metadata, 0);
        // The slash tells readers that know no types.
        let name = inside.join("");
        self.builder.append_data(&mut header, name, io::empty()).map_err(self.failed())?;
        self.note(inside, What::Folder, &header)
    }

    fn link(&mut self, path: &Path, metadata: &Metadata) -> Result<(), BackupError> {
        let Ok(target) = fs::read_link(path) else {
            self.packed.changed.push(shown(&self.inside(path)));
            return Ok(());
        };
        let mut header = header(metadata, 0);
        let inside = self.inside(path);
        self.builder.append_link(&mut header, &inside, &target).map_err(self.failed())?;
        self.note(inside, What::Link { target }, &header)
    }

    fn hard_link(&mut self, path: &Path, target: PathBuf, metadata: &Metadata) -> Result<(), BackupError> {
        let mut header = header(metadata, 0);
        header.set_entry_type(EntryType::Link);
        let inside = self.inside(path);
        self.builder.append_link(&mut header, &inside, &target).map_err(self.failed())?;
        self.stamps.insert(path.to_owned(), stamp(metadata));
        self.note(inside, What::HardLink { target }, &header)
    }

    /// Packs a file, again while it changes under the reader's hands.
    fn file(&mut self, path: &Path) -> Result<(), BackupError> {
        for attempt in 1..=TRIES_MAX {
            let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
            let (metadata, file) = match opened {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.packed.changed.push(shown(&self.inside(path)));
                    return Ok(());
                }
                opened => opened.map_err(FileError::new("open", path))?,
            };
            let held = metadata.len() <= HELD_MAX_BYTES;
            let is_last = attempt == TRIES_MAX;
            let stayed = if held {
                self.held_file(path, file, &metadata, is_last)?
            } else {
                self.streamed_file(path, file, &metadata)?
            };
            if stayed {
                self.stamps.insert(path.to_owned(), stamp(&metadata));
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        self.packed.changed.push(shown(&self.inside(path)));
        Ok(())
    }

    /// Reads a file, looks whether it stayed as it was, and packs it if so, or if this try `is_last`.
    fn held_file(&mut self, path: &Path, file: File, before: &Metadata, is_last: bool) -> Result<bool, BackupError> {
        let mut content = Vec::new();
        file.take(HELD_MAX_BYTES).read_to_end(&mut content).map_err(FileError::new("read", path))?;
        let stayed = content.len() as u64 == before.len() && is_as(path, before);
        if stayed || is_last {
            self.append(path, before, content.len() as u64, &mut content.as_slice())?;
        }
        Ok(stayed)
    }

    fn streamed_file(&mut self, path: &Path, file: File, before: &Metadata) -> Result<bool, BackupError> {
        let mut exact = Exact { file, left: before.len(), failure: None, is_short: false };
        let appended = self.append(path, before, before.len(), &mut exact);
        if let Some(failure) = exact.failure {
            return Err(FileError::new("read", path)(failure).into());
        }
        appended?;
        Ok(!exact.is_short && is_as(path, before))
    }

    fn append(
        &mut self,
        path: &Path,
        metadata: &Metadata,
        size_bytes: u64,
        content: &mut dyn Read,
    ) -> Result<(), BackupError> {
        let inside = self.inside(path);
        let mut header = header(metadata, size_bytes);
        let mut hashing = Hashing::new(content);
        self.builder.append_data(&mut header, &inside, &mut hashing).map_err(self.failed())?;
        let (_, (size_bytes, sha256)) = hashing.finish();
        self.done_bytes += size_bytes;
        self.note(inside, What::File { size_bytes, sha256 }, &header)
    }

    fn note(&mut self, path: PathBuf, what: What, header: &Header) -> Result<(), BackupError> {
        let entry = Entry::new(path, what, header).map_err(self.failed())?;
        self.packed.entries.push(entry);
        Ok(())
    }

    /// Ends the archive, and looks through the folder once more for what changed after it was packed.
    fn finish(mut self) -> Result<Packed, BackupError> {
        let failed = BackupError::stream("write", self.archive);
        self.builder.into_inner().and_then(PipeStart::finish).map_err(failed)?;
        let (root, name) = (&self.root, &self.name);
        let inside = |path: &Path| shown(&name.join(path.strip_prefix(root).unwrap_or(path)));
        let (stamps, changed) = (&mut self.stamps, &mut self.packed.changed);
        trees::walk(root, &mut |path, metadata| {
            if metadata.is_file() && stamps.remove(path) != Some(stamp(metadata)) {
                changed.push(inside(path));
            }
            Ok(())
        })?;
        // What is left was packed and is gone.
        changed.extend(stamps.keys().map(|path| inside(path)));
        changed.sort();
        changed.dedup();
        Ok(self.packed)
    }

    fn inside(&self, path: &Path) -> PathBuf {
        self.name.join(path.strip_prefix(&self.root).unwrap_or(path))
    }

    fn failed(&self) -> impl Fn(io::Error) -> BackupError + Copy + use<'a> {
        BackupError::stream("write", self.archive)
    }

    /// The name under which the same file was packed before.
    #[cfg(unix)]
    fn other_name(&mut self, path: &Path, metadata: &Metadata) -> Option<PathBuf> {
        use std::os::unix::fs::MetadataExt;
        if metadata.nlink() < 2 {
            return None;
        }
        let inside = self.inside(path);
        let known = self.linked.entry((metadata.dev(), metadata.ino())).or_insert_with(|| inside.clone());
        (*known != inside).then(|| known.clone())
    }

    /// Windows tells no number of a file through the standard library: each name is packed as a file.
    #[cfg(not(unix))]
    fn other_name(&mut self, _path: &Path, _metadata: &Metadata) -> Option<PathBuf> {
        None
    }
}

/// Gives exactly as many bytes as the header promises: zeros when the file became shorter.
struct Exact {
    file: File,
    left: u64,
    failure: Option<io::Error>,
    is_short: bool,
}

impl Read for Exact {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let limit = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = match self.file.read(&mut buffer[..limit]) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failure = Some(error);
                return Err(kind.into());
            }
        };
        let given = if read == 0 && limit > 0 {
            self.is_short = true;
            buffer[..limit].fill(0);
            limit
        } else {
            read
        };
        self.left -= given as u64;
        Ok(given)
    }
}

fn header(metadata: &Metadata, size_bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_metadata_in_mode(metadata, HeaderMode::Complete);
    header.set_size(size_bytes);
    header
}

fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.len(), modified_ns(metadata))
}

/// True when the file at `path` is still as it was.
fn is_as(path: &Path, before: &Metadata) -> bool {
    fs::metadata(path).is_ok_and(|after| stamp(&after) == stamp(before))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
