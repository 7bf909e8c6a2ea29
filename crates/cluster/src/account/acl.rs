//! One entry in a folder's access list: an account may search it, and nothing else.
//!
//! Opening the folder to everybody (`chmod o+x`) would do as well, but is more than is needed.

use std::io;
use std::path::Path;

/// Tags of entries, `include/uapi/linux/posix_acl.h`.
const USER_OBJ: u16 = 0x01;
const USER: u16 = 0x02;
const GROUP_OBJ: u16 = 0x04;
const GROUP: u16 = 0x08;
const MASK: u16 = 0x10;
const OTHER: u16 = 0x20;
/// The id of an entry that names nobody.
const NOBODY: u32 = u32::MAX;
/// The right to search a folder.
const SEARCH: u16 = 0o1;
/// `POSIX_ACL_XATTR_VERSION`, `include/uapi/linux/posix_acl_xattr.h`.
const VERSION: u32 = 2;

/// An entry: tag, rights, id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    tag: u16,
    id: u32,
    rights: u16,
}

/// Lets an account search a folder. Nobody else's rights change.
#[cfg(target_os = "linux")]
pub(super) fn let_pass(folder: &Path, uid: u32) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{XattrFlags, getxattr, setxattr};

    const NAME: &str = "system.posix_acl_access";
    /// Room for some 500 entries; file systems allow fewer.
    const BYTES_MAX: usize = 4096;
    let mut buffer = [0; BYTES_MAX];
    let entries = match getxattr(folder, NAME, &mut buffer) {
        Ok(length) => parse(&buffer[..length]).ok_or(io::ErrorKind::InvalidData)?,
        Err(rustix::io::Errno::NODATA) => from_mode(std::fs::metadata(folder)?.mode()),
        Err(error) => return Err(error.into()),
    };
    setxattr(folder, NAME, &bytes(&with_search(entries, uid)), XattrFlags::empty())?;
    Ok(())
}

/// Elsewhere access lists are another matter.
#[cfg(not(target_os = "linux"))]
pub(super) fn let_pass(_folder: &Path, _uid: u32) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The list with search for `uid`.
///
/// The mask limits everyone but the owner and others; where it has to grow, what it withheld so far is taken off the
/// entries themselves.
fn with_search(mut entries: Vec<Entry>, uid: u32) -> Vec<Entry> {
    let mask = entries.iter().find(|entry| entry.tag == MASK).map(|entry| entry.rights);
    let group = entries.iter().find(|entry| entry.tag == GROUP_OBJ).map_or(0, |entry| entry.rights);
    let masked = mask.unwrap_or(group);
    for entry in &mut entries {
        if [USER, GROUP_OBJ, GROUP].contains(&entry.tag) {
            entry.rights &= masked;
        }
    }
    let own = entries.iter().find(|entry| (entry.tag, entry.id) == (USER, uid)).map_or(0, |entry| entry.rights);
    entries.retain(|entry| entry.tag != MASK && (entry.tag, entry.id) != (USER, uid));
    entries.push(Entry { tag: USER, id: uid, rights: own | SEARCH });
    entries.push(Entry { tag: MASK, id: NOBODY, rights: masked | SEARCH });
    entries.sort_unstable();
    entries
}

fn from_mode(mode: u32) -> Vec<Entry> {
    let entry = |tag, shift: u32| Entry { tag, id: NOBODY, rights: u16::try_from((mode >> shift) & 0o7).unwrap_or(0) };
    vec![entry(USER_OBJ, 6), entry(GROUP_OBJ, 3), entry(OTHER, 0)]
}

fn parse(bytes: &[u8]) -> Option<Vec<Entry>> {
    let (version, rest) = bytes.split_first_chunk::<4>()?;
    let (entries, left) = rest.as_chunks::<8>();
    let entry = |[a, b, c, d, e, f, g, h]: &[u8; 8]| Entry {
        tag: u16::from_le_bytes([*a, *b]),
        rights: u16::from_le_bytes([*c, *d]),
        id: u32::from_le_bytes([*e, *f, *g, *h]),
    };
    (u32::from_le_bytes(*version) == VERSION && left.is_empty()).then(|| entries.iter().map(entry).collect())
}

fn bytes(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = VERSION.to_le_bytes().to_vec();
    for entry in entries {
        bytes.extend(entry.tag.to_le_bytes());
        bytes.extend(entry.rights.to_le_bytes());
        bytes.extend(entry.id.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_mode_becomes_a_list_in_which_nobody_else_gains() {
        let list = with_search(from_mode(0o700), 101);
        assert_eq!(
            list,
            [
                Entry { tag: USER_OBJ, id: NOBODY, rights: 7 },
                Entry { tag: USER, id: 101, rights: 1 },
                Entry { tag: GROUP_OBJ, id: NOBODY, rights: 0 },
                Entry { tag: MASK, id: NOBODY, rights: 1 },
                Entry { tag: OTHER, id: NOBODY, rights: 0 },
            ]
        );
        assert_eq!(parse(&bytes(&list)), Some(list));
    }

    #[test]
    fn a_growing_mask_gives_nothing_to_those_it_limited() {
        let mut before = from_mode(0o750);
        before[1].rights = 7;
        before.push(Entry { tag: USER, id: 5, rights: 7 });
        before.push(Entry { tag: MASK, id: NOBODY, rights: 4 });
        let after = with_search(before, 101);
        let rights = |tag, id| after.iter().find(|entry| (entry.tag, entry.id) == (tag, id)).unwrap().rights;
        assert_eq!((rights(USER, 5), rights(GROUP_OBJ, NOBODY), rights(MASK, NOBODY)), (4, 4, 5));
        assert_eq!(rights(USER, 101), 1);
    }
}
