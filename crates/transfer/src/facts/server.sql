select
    current_setting('server_version_num')::integer,
    (select pg_encoding_to_char(encoding)::text from pg_database where datname = current_database()),
    has_database_privilege(current_database(), 'CREATE'),
    coalesce(has_schema_privilege(to_regnamespace(quote_ident($1)), 'CREATE'), true),
    to_regnamespace(quote_ident($1)) is not null
