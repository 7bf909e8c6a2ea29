select c.relname::text, concat_ws(' ', 'column', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    case when t.typtype = 'e' then (
        select 'of ' || string_agg(quote_literal(e.enumlabel), ' ' order by e.enumsortorder)
        from pg_enum e where e.enumtypid = t.oid) end,
    case when a.attnotnull then 'not null' end,
    case when a.attidentity <> '' then 'identity ' || a.attidentity::text end,
    case when a.attgenerated <> '' then 'generated ' || a.attgenerated::text end,
    'default ' || pg_get_expr(d.adbin, d.adrelid, true),
    case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation::text end)
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = to_regnamespace(quote_ident($1)) and c.relkind in ('r', 'p')
union all
select c.relname::text, concat_ws(' ', 'constraint', quote_ident(k.conname), pg_get_constraintdef(k.oid, true))
from pg_class c
join pg_constraint k on k.conrelid = c.oid
where c.relnamespace = to_regnamespace(quote_ident($1)) and k.contype <> 'n'
union all
select c.relname::text, pg_get_indexdef(i.indexrelid, 0, true)
from pg_class c
join pg_index i on i.indrelid = c.oid
where c.relnamespace = to_regnamespace(quote_ident($1))
