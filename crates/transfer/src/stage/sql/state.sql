select json_build_object(
    'fingerprint', (select fingerprint from autobot_marks.stage),
    'extensions_made', (select extensions_made from autobot_marks.stage),
    'marks', (select coalesce(json_object_agg(table_name, report), '{}') from autobot_marks.mark),
    'batches', (select coalesce(json_object_agg(table_name, json_build_object('up_to', up_to, 'report', report)), '{}')
        from autobot_marks.batch),
    'tables', (select coalesce(json_agg(relname), '[]') from pg_class
        where relnamespace = to_regnamespace('autobot_stage') and relkind in ('r', 'p')),
    'indexes', (select coalesce(json_agg(c.relname), '[]') from pg_class c join pg_index i on i.indexrelid = c.oid
        where c.relnamespace = to_regnamespace('autobot_stage') and i.indisvalid),
    'constraints', (select coalesce(json_agg(json_build_array(t.relname, k.conname)), '[]')
        from pg_constraint k join pg_class t on t.oid = k.conrelid
        where t.relnamespace = to_regnamespace('autobot_stage'))
)::text
