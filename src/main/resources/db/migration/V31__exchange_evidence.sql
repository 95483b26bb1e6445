-- What was signed about exchanged messages: by the hub about what a region sent it ('received'), and by a region about what
-- the hub sent it ('sent'). One chain for each region and direction: hash = SM3(prev in hexadecimal digits, LF, evidence).
-- Evidence holds ids, digests and codes only, so that it can be shown and kept for ever.
create table exchange_evidence (
    partner    text        not null,
    direction  text        not null check (direction in ('received', 'sent')),
    seq        bigint      not null,
    message_id text        not null,
    kind       text        not null check (kind in ('ACCEPTED', 'RELAYED', 'DELIVERED', 'REJECTED', 'NON_DELIVERED')),
    -- Whom the step is about, where a message goes to several; '' for the message itself.
    receiver   text        not null default '',
    at         timestamptz not null,
    evidence   bytea       not null,
    -- What was signed, where it is not the evidence itself but a signature base that holds its digest.
    base       text,
    signature  bytea       not null,
    keyid      text        not null,
    prev       bytea       not null,
    hash       bytea       not null,
    primary key (partner, direction, seq),
    unique (partner, direction, message_id, kind, receiver)
);

-- The end of each chain, by whose lock its steps follow each other.
create table exchange_chain (
    partner   text   not null,
    direction text   not null,
    seq       bigint not null,
    hash      bytea  not null,
    primary key (partner, direction)
);

-- What the hub sends to a region: the envelope is written once and sent as it is at every attempt.
create table exchange_sent (
    id          uuid        primary key,
    partner     text        not null,
    -- By which the region knows it; the message of the delivery, too.
    message_id  uuid        not null,
    delivery_id uuid        not null,
    case_no     text        not null,
    type        text        not null,
    subject     text        not null,
    -- The envelope, sealed, and its SHA-256.
    body        bytea       not null,
    digest      bytea       not null,
    written_at  timestamptz not null,
    unique (partner, message_id)
);
