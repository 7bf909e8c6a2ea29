select n.nspname::text as schema,
       c.relname::text as table,
       pg_total_relation_size(c.oid) as total_bytes,
       pg_indexes_size(c.oid) as index_bytes,
       case when c.reltuples >= 0 and c.relpages > 0 then c.reltuples::int8 end as rows_estimated
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'm')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by 3 desc, 1, 2
limit $1
