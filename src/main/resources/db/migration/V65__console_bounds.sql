-- What a plan is about as lists and pages show it: as its filter, and of a hundred thousand case numbers how many they are.
alter table plan add column conditions text;
update plan set conditions = case when filter::jsonb -> 'caseNumbers' is null then filter
    else jsonb_set(filter::jsonb, '{caseNumbers}', to_jsonb(jsonb_array_length(filter::jsonb -> 'caseNumbers')))::text end;
alter table plan alter column conditions set not null;

-- Failed logins under names that nobody has: one row an address, so that such a login costs what one under a real name costs.
create table console_stranger (
    address   text        primary key,
    failures  bigint      not null default 1,
    failed_at timestamptz not null default now()
);
create index console_stranger_failed on console_stranger (failed_at);
