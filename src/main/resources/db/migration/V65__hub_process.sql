-- The processes of the hub that run, as each says of itself every few seconds; one that ends in order takes its row with it. All times
-- are the database's.
create table hub_process (
    id           uuid        primary key,
    -- Its host and folder of data: one that runs there after it takes its place.
    place        text        not null,
    started_at   timestamptz not null,
    -- Since when no beat of it has failed to come: who has just come back cannot say that others are gone.
    steady_since timestamptz not null,
    beat_at      timestamptz not null,
    -- On the disk under its data; null where it cannot be read.
    free_bytes   bigint,
    total_bytes  bigint,
    -- By which its clock and the database's differ at least.
    drift_millis bigint      not null
);
