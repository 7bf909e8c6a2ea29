select current_database()::text as database,
       current_setting('server_version') as version,
       extract(epoch from now() - pg_postmaster_start_time())::int8 as uptime_s,
       pg_database_size(current_database()) as database_bytes,
       (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
       current_setting('max_connections')::int8 as connections_max,
       blks_hit::float8 / nullif(blks_hit + blks_read, 0) as cache_hit_ratio,
       deadlocks,
       (select extract(epoch from max(now() - xact_start))::int8
        from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend') as oldest_transaction_s
from pg_stat_database
where datname = current_database()
