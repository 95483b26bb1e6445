-- The exchange with other regions' hubs: what they signed, as it came, and what the hub signed in answer. Kept for ever.
create table exchange_message (
    id              uuid        primary key,
    partner         text        not null,
    idempotency_key text        not null,
    type            text        not null,
    subject         text        not null,
    -- The envelope as received, sealed.
    body            bytea       not null,
    -- What was signed, the signature, whose it is and the certificate of the connection: evidence that openssl verifies.
    signature_base  text        not null,
    signature       bytea       not null,
    keyid           text        not null,
    certificate     bytea       not null,
    -- The hub's signature over its receipt, whose bytes stand in message_key.
    receipt_input   text        not null,
    receipt_signature text      not null,
    accepted_at     timestamptz not null,
    unique (partner, idempotency_key)
);

-- The order of one case's messages from one region: the highest chxseq that was accepted.
create table exchange_order (
    partner  text   not null,
    subject  text   not null,
    last_seq bigint not null,
    primary key (partner, subject)
);
