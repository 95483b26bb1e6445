-- Every public key that evidence of the exchange was signed by, kept for ever: those of regions, and the hub's own under 'hub'.
-- Each row has its line in the evidence ("exchange-key"), so that nobody can put another key in its place.
create table exchange_key (
    partner    text        not null,
    keyid      text        not null,
    algorithm  text        not null,
    pem        text        not null,
    not_before timestamptz not null,
    not_after  timestamptz not null,
    -- Since when it was in force here, and when it was not any more.
    known_at   timestamptz not null,
    gone_at    timestamptz,
    primary key (partner, keyid, known_at)
);

create trigger exchange_key_stays before delete on exchange_key
    for each row execute function evidence_is_append_only();
create trigger exchange_key_never_truncated before truncate on exchange_key
    for each statement execute function evidence_is_append_only();
create trigger exchange_evidence_append_only before update or delete on exchange_evidence
    for each row execute function evidence_is_append_only();
create trigger exchange_evidence_never_truncated before truncate on exchange_evidence
    for each statement execute function evidence_is_append_only();

-- When the region accepted a message, as its receipt says: the day of the manifest that both sides list it in.
alter table exchange_sent add column accepted_at timestamptz;
update exchange_sent s set accepted_at = e.at from exchange_evidence e
    where e.partner = s.partner and e.direction = 'sent' and e.message_id = s.message_id::text and e.kind = 'ACCEPTED'
        and e.receiver = '';
create index exchange_sent_accepted on exchange_sent (partner, accepted_at, message_id) where accepted_at is not null;
create index exchange_message_accepted on exchange_message (partner, accepted_at, idempotency_key);

-- What each side says of a day that is over: the hub's own word, and the region's.
create table exchange_manifest (
    partner          text        not null,
    day              date        not null,
    side             text        not null check (side in ('own', 'theirs')),
    -- The very bytes. Of theirs, what they signed; the hub signs its own anew in each answer.
    manifest         bytea       not null,
    base             text,
    signature        bytea,
    keyid            text,
    made_at          timestamptz not null,
    -- What the other side has signed of it.
    countersigned    bytea,
    counter_base     text,
    counter_signature bytea,
    counter_keyid    text,
    countersigned_at timestamptz,
    primary key (partner, day, side)
);

-- What a region's manifest and the hub's record do not agree in, beside what every partner's count may tell.
alter table reconciliation_finding drop constraint reconciliation_finding_kind_check;
alter table reconciliation_finding add constraint reconciliation_finding_kind_check
    check (kind in ('lost', 'doubled', 'late', 'unrecorded', 'unreceived', 'unlisted', 'altered'));
alter table reconciliation add column unreceived int not null default 0;
alter table reconciliation add column unlisted int not null default 0;
alter table reconciliation add column altered int not null default 0;

-- All messages of one case, for its evidence.
create index exchange_message_subject on exchange_message (partner, subject, accepted_at);
create index exchange_sent_subject on exchange_sent (partner, subject, written_at);
