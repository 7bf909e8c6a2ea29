select current_setting('server_version_num')::int4 as version_number,
       current_setting('server_version') as version,
       current_database()::text as database,
       pg_encoding_to_char(d.encoding)::text as encoding,
       current_user::text as role,
       r.rolsuper as superuser,
       has_database_privilege(d.oid, 'create') as may_create_schemas,
       n.oid is not null as schema_exists,
       coalesce(has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create'), false) as may_create_tables
from pg_database d
join pg_roles r on r.rolname = current_user
left join pg_namespace n on n.nspname = $1
where d.datname = current_database()
