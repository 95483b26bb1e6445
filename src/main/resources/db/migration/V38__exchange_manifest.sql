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
