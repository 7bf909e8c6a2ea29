select not exists (
    select from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident($1))
      and c.relname = any ($2)
      and pg_relation_size(c.oid) > 0
      and not exists (select from pg_stats s where s.schemaname = $1 and s.tablename = c.relname))
