select rolname::text as role,
       rolsuper as superuser,
       rolsuper or rolcreaterole as may_create_roles,
       rolsuper or rolcreatedb as may_create_databases,
       current_setting('server_version_num')::int4 as version_number,
       current_setting('server_version') as version
from pg_roles
where rolname = current_user
