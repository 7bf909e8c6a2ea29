use super::*;

#[test]
fn checksum_is_sha256_in_lowercase_hex() {
    // The value that `printf abc | sha256sum` prints.
    assert_eq!(migration_checksum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(migration_checksum(b"").len(), 64);
}

#[test]
fn directories_are_named_by_the_second_in_utc() {
    let check = |unix_seconds, expected: &str| assert_eq!(migration_directory(unix_seconds).unwrap(), expected);
    check(0, "19700101000000_init_postgresql");
    check(951_782_399, "20000228235959_init_postgresql");
    check(951_782_400, "20000229000000_init_postgresql");
    check(1_709_251_199, "20240229235959_init_postgresql");
    check(1_735_689_599, "20241231235959_init_postgresql");
    check(4_107_542_400, "21000301000000_init_postgresql");
    check(253_402_300_799, "99991231235959_init_postgresql");
    assert!(migration_directory(253_402_300_800).is_err());
}

#[test]
fn lock_file_names_the_provider() {
    assert_eq!(migration_lock_toml().lines().count(), 3);
    assert!(migration_lock_toml().ends_with("\nprovider = \"postgresql\"\n"));
}

#[test]
fn history_table_has_the_columns_of_prisma() {
    let columns: Vec<&str> =
        MIGRATIONS_TABLE_SQL.lines().filter_map(|l| l.trim().strip_prefix('"')?.split('"').next()).collect();
    let expected = [
        "id",
        "checksum",
        "finished_at",
        "migration_name",
        "logs",
        "rolled_back_at",
        "started_at",
        "applied_steps_count",
    ];
    assert_eq!(columns, expected);
}
