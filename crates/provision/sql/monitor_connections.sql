select coalesce(datname::text, '') as database,
       coalesce(usename::text, '') as role,
       coalesce(state, 'unknown') as state,
       count(*) as count
from pg_stat_activity
where backend_type = 'client backend'
group by 1, 2, 3
order by 4 desc, 1, 2, 3
