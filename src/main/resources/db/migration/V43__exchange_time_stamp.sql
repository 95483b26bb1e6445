-- What a time-stamp authority (RFC 3161) has said of the exchange's chains: each row of all lines from one to another. Kept for
-- ever; each row has its line in the evidence ("exchange-time-stamped").
create table exchange_time_stamp (
    partner    text        not null,
    direction  text        not null check (direction in ('received', 'sent')),
    from_seq   bigint      not null,
    to_seq     bigint      not null,
    -- The very bytes that were stamped: they hold the root of a tree over the lines' hashes, and the last of these.
    stamped    bytea       not null,
    -- The authority's whole answer.
    answer     bytea       not null,
    -- By the authority's clock and by the hub's.
    stamped_at timestamptz not null,
    made_at    timestamptz not null,
    primary key (partner, direction, to_seq),
    unique (partner, direction, from_seq)
);
create trigger exchange_time_stamp_append_only before update or delete on exchange_time_stamp
    for each row execute function evidence_is_append_only();
create trigger exchange_time_stamp_never_truncated before truncate on exchange_time_stamp
    for each statement execute function evidence_is_append_only();
