select not exists (
    select from pg_class c
    where c.relnamespace = to_regnamespace(quote_ident($1))
      and c.relname = any ($2)
      and pg_relation_size(c.oid) > 0
      and c.relname not in (select tablename from pg_stats where schemaname = $1))
