use std::collections::BTreeSet;

use autobot_db::Name;

/// The names taken in one namespace of PostgreSQL: tables, indexes and sequences share one, constraints of a table
/// another.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameRegistry {
    taken: BTreeSet<String>,
}

impl NameRegistry {
    /// Takes a name as it is; false when it was taken already.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes `wanted`, or where it is too long or taken, a stable other one.
    pub(crate) fn free(&mut self, wanted: &str) -> String {
        let base = if wanted.len() > Name::MAX_BYTES { shortened(wanted) } else { wanted.to_owned() };
        if self.take(&base) {
            return base;
        }
        let mut number = 2_u32;
        loop {
            let ending = format!("_{number}");
            let candidate = format!("{}{ending}", cut(&base, Name::MAX_BYTES - ending.len()));
            if self.take(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }
}

/// A name that is free in both namespaces, and taken in both from now on.
pub(crate) fn free_in_both(one: &mut NameRegistry, other: &mut NameRegistry, wanted: &str) -> String {
    loop {
        let name = one.free(wanted);
        if other.take(&name) {
            return name;
        }
    }
}

/// A name cut to 63 bytes that ends in a hash of the whole, so that two long names stay two.
pub(crate) fn shortened(name: &str) -> String {
    let ending = format!("_{:08x}", hash(name));
    format!("{}{ending}", cut(name, Name::MAX_BYTES - ending.len()))
}

/// The first bytes of a text, no character cut in two.
fn cut(text: &str, bytes_max: usize) -> &str {
    let mut end = bytes_max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// FNV-1a, 32 bits: the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
