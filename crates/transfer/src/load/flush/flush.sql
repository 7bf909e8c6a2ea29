select case
    when pg_wal_lsn_diff(pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn()) > 1000000
    then pg_current_xact_id()::text
end
