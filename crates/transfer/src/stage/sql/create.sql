create schema autobot_stage;
create schema autobot_marks;
create table autobot_marks.stage (
    fingerprint text not null,
    format integer not null,
    extensions_made text[] not null,
    begun timestamptz not null default now()
);
create table autobot_marks.mark (
    table_name text primary key,
    report text not null,
    at timestamptz not null default now()
);
create table autobot_marks.batch (
    table_name text primary key,
    up_to bigint not null,
    report text not null,
    at timestamptz not null default now()
);
create table autobot_marks.quarantine (
    table_name text not null,
    row_id bigint,
    key jsonb,
    reason text not null,
    form text not null default 'source',
    row jsonb not null,
    at timestamptz not null default now()
);
create table autobot_marks.original (
    table_name text not null,
    row_id bigint,
    key jsonb,
    column_name text not null,
    rule text not null,
    value bytea not null,
    at timestamptz not null default now()
);
