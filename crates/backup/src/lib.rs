//! File copy, sessions tarball, SQL dump, manifest, restore.
