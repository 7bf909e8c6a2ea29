with space as (
    select oid, nspname, nspowner, nspacl from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
),
lines (line) as (
    select concat_ws(' ', 'schema', quote_ident(nspname), pg_get_userbyid(nspowner), nspacl::text) from space
    union all
    select concat_ws(' ', 'relation', s.nspname, c.relname, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner),
                     c.relacl::text, c.reloptions::text, c.relrowsecurity, c.relreplident)
    from pg_class c join space s on s.oid = c.relnamespace where c.relpersistence <> 't'
    union all
    select concat_ws(' ', 'column', s.nspname, c.relname, a.attnum, quote_ident(a.attname),
                     format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                     a.attcollation::regcollation, a.attacl::text, a.attstorage,
                     pg_get_expr(d.adbin, d.adrelid))
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join space s on s.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'v', 'm', 'p', 'f', 'c')
      and c.relpersistence <> 't'
    union all
    select concat_ws(' ', 'constraint', s.nspname, k.conrelid::regclass, k.conname, k.convalidated,
                     pg_get_constraintdef(k.oid))
    from pg_constraint k join space s on s.oid = k.connamespace
    union all
    select concat_ws(' ', 'index', s.nspname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered)
    from pg_index i join pg_class c on c.oid = i.indexrelid join space s on s.oid = c.relnamespace
    where c.relpersistence <> 't'
    union all
    select concat_ws(' ', 'view', s.nspname, c.relname, pg_get_viewdef(c.oid))
    from pg_class c join space s on s.oid = c.relnamespace where c.relkind in ('v', 'm')
    union all
    select concat_ws(' ', 'function', s.nspname, p.oid::regprocedure, pg_get_userbyid(p.proowner), p.proacl::text,
                     case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end)
    from pg_proc p join space s on s.oid = p.pronamespace
    where not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgenabled, pg_get_triggerdef(t.oid))
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join space s on s.oid = c.relnamespace
    where not t.tgisinternal
    union all
    select concat_ws(' ', 'type', s.nspname, t.typname, t.typtype, pg_get_userbyid(t.typowner), t.typacl::text,
                     (select string_agg(quote_literal(e.enumlabel), ',' order by e.enumsortorder)
                      from pg_enum e where e.enumtypid = t.oid))
    from pg_type t join space s on s.oid = t.typnamespace
    where t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and exists (
        select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
    union all
    select concat_ws(' ', 'sequence', quote_ident(schemaname), quote_ident(sequencename), data_type::text, start_value,
                     min_value, max_value, increment_by, cycle)
    from pg_sequences
    union all
    select concat_ws(' ', 'comment', i.type, i.identity, d.description)
    from pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    where i.schema in (select nspname from space) or (i.type = 'schema' and i.name in (select nspname from space))
    union all
    select concat_ws(' ', 'extension', extname, extversion) from pg_extension
    union all
    select concat_ws(' ', 'default rights', defaclobjtype, pg_get_userbyid(defaclrole), defaclacl::text)
    from pg_default_acl
    union all
    select concat_ws(' ', 'large objects', count(*), min(oid), max(oid)) from pg_largeobject_metadata
)
select line from lines order by line collate "C"
