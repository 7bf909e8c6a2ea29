//! Where PostgreSQL's programs are put by those who package it.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Kind, Search, program_file};

/// A folder whose sub-folders are one per version: root, prefix of the sub-folder's name, way on to the programs.
struct Place {
    root: &'static str,
    prefix: &'static str,
    bin: &'static str,
}

/// Debian and Ubuntu, Red Hat, SUSE, Alpine, Homebrew (Apple silicon, Intel), Postgres.app, `EnterpriseDB` on macOS and on
/// Windows, a build from source.
const PLACES: &[Place] = &[
    Place { root: "/usr/lib/postgresql", prefix: "", bin: "bin" },
    Place { root: "/usr", prefix: "pgsql-", bin: "bin" },
    Place { root: "/usr/lib", prefix: "postgresql", bin: "bin" },
    Place { root: "/usr/libexec", prefix: "postgresql", bin: "" },
    Place { root: "/opt/homebrew/opt", prefix: "postgresql@", bin: "bin" },
    Place { root: "/usr/local/opt", prefix: "postgresql@", bin: "bin" },
    Place { root: "/Applications/Postgres.app/Contents/Versions", prefix: "", bin: "bin" },
    Place { root: "/Library/PostgreSQL", prefix: "", bin: "bin" },
    Place { root: r"C:\Program Files\PostgreSQL", prefix: "", bin: "bin" },
    Place { root: "/usr/local", prefix: "pgsql", bin: "bin" },
];

/// Every folder worth a look, best first.
pub(super) fn candidates(search: &Search<'_>) -> Vec<PathBuf> {
    if let Some(hint) = search.hint {
        return vec![hint.to_owned(), hint.join("bin")];
    }
    let on_path = search.path_env.map(std::env::split_paths).into_iter().flatten();
    let on_path = on_path.filter(|dir| dir.is_absolute());
    on_path.chain(PLACES.iter().flat_map(versions_in)).collect()
}

/// The folder that really holds the programs of `kind`, when `dir` has all of them.
///
/// Links are followed first, because PostgreSQL finds its own files relative to the real program. Debian's
/// `/usr/bin/psql` leads to a wrapper script that way, which is no folder of programs and is passed over.
pub(super) fn complete(dir: &Path, kind: Kind) -> Option<PathBuf> {
    let first = fs::canonicalize(dir.join(program_file(kind.programs()[0]))).ok()?;
    let real = first.parent()?;
    kind.programs().iter().all(|program| real.join(program_file(program)).is_file()).then(|| real.to_owned())
}

/// The program folders below a place, highest version first.
fn versions_in(place: &Place) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place.root) else { return Vec::new() };
    let mut found: Vec<(Vec<u32>, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let version = name.to_str()?.strip_prefix(place.prefix)?.to_owned();
            Some((numbers(&version)?, entry.path().join(place.bin)))
        })
        .collect();
    found.sort_by(|left, right| right.0.cmp(&left.0));
    found.into_iter().map(|(_, path)| path).collect()
}

/// `9.6` as `[9, 6]`, nothing as `[]`; none for what is not a version.
fn numbers(version: &str) -> Option<Vec<u32>> {
    if version.is_empty() {
        return Some(Vec::new());
    }
    version.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let mut versions = ["9.6", "10", "15", "9.10"].map(|text| numbers(text).unwrap());
        versions.sort();
        assert_eq!(versions, [vec![9, 6], vec![9, 10], vec![10], vec![15]]);
        assert_eq!(numbers("common"), None);
    }
}
