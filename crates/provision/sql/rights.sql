select has_database_privilege($1, d.oid, 'connect')
           and has_database_privilege($1, d.oid, 'create')
           and has_database_privilege($1, d.oid, 'temporary'),
       n.oid is not null,
       coalesce(has_schema_privilege($1, n.oid, 'usage') and has_schema_privilege($1, n.oid, 'create'), false)
from pg_database d
left join pg_namespace n on n.nspname = $2
where d.datname = current_database()
