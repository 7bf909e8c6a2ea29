-- Statements that empty the database: schemas other than public as a whole, public object by object, because a role
-- need not own it. What an extension brought is the extension's.
with space as (
    select oid, nspname, nspname = 'public' or not pg_has_role(nspowner, 'usage') as kept
    from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
),
extension_member as (
    select classid, objid from pg_depend where deptype = 'e'
),
statement (rank, name, sql) as (
    select 1, nspname::text, format('drop schema %I cascade;', nspname)
    from space
    where not kept
      and not exists (select from extension_member m where m.classid = 'pg_namespace'::regclass and m.objid = space.oid)
    union all
    select 2, c.relname::text, format('drop %s if exists %I.%I cascade;',
        case c.relkind
            when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table'
            else 'table'
        end, s.nspname, c.relname)
    from pg_class c
    join space s on s.oid = c.relnamespace and s.kept
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not c.relispartition
      and not exists (select from extension_member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
      -- A sequence of a column goes with its table.
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                      and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass)
    union all
    select 3, p.proname::text, format('drop %s if exists %s cascade;',
        case p.prokind when 'a' then 'aggregate' when 'p' then 'procedure' else 'function' end, p.oid::regprocedure)
    from pg_proc p
    join space s on s.oid = p.pronamespace and s.kept
    where not exists (select from extension_member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
    union all
    select 4, t.typname::text, format('drop %s if exists %I.%I cascade;',
        case t.typtype when 'd' then 'domain' else 'type' end, s.nspname, t.typname)
    from pg_type t
    join space s on s.oid = t.typnamespace and s.kept
    where (t.typtype in ('e', 'd', 'r')
           or (t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')))
      and not exists (select from extension_member m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
)
select sql from statement order by rank, name, sql
