-- Why somebody made a plan, for the second person who lets it run.
alter table plan add column reason text not null default '';

-- Lists of plans begin with the newest.
create index plan_made on plan (made_at);

-- The few whose receiver may have their effect already.
create index plan_delivery_doubles on plan_delivery (plan_id, receiver, number) where doubles;

-- What a person made of a message's content before it went out again to one receiver. The message itself stays as it was received.
create table correction (
    id          uuid        primary key,
    delivery_id uuid        not null,
    message_id  uuid        not null,
    -- Sealed as the message's own content, in whose place it is sent.
    body        bytea       not null,
    digest      bytea       not null,
    -- Sealed: each field that was changed, with its values before and after.
    difference  bytea       not null,
    fields      text[]      not null,
    made_by     text        not null,
    made_at     timestamptz not null default now(),
    reason      text        not null
);
create index correction_message on correction (message_id);

-- The newest correction of what it sends, or null where it sends the message as it was received.
alter table delivery add column correction uuid;
