select c.relname::text
from pg_class c
where c.relnamespace = to_regnamespace(quote_ident($1))
  and c.relkind in ('r', 'p', 'f')
  and not exists (
    select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
