-- Evidence: every step is a line of a hash chain, and the chains' heads are sealed. A chain has one writer, so that no
-- writer ever waits for another: one for each partner, run and writer, named <partner>/r<run>/<writer>.

create sequence evidence_run;

create table chain (
    id        int         generated always as identity primary key,
    name      text        not null unique,
    opened_at timestamptz not null default now(),
    -- Only tells a start which chains it must still close; the seal's "end" is what binds.
    closed_at timestamptz
);
create index chain_open on chain (id) where closed_at is null;

-- Lines from before there were chains: the first start of the hub chains them and drops this table.
create table event_unchained as select *, null::bytea as digest from event;
truncate event;
alter table event drop constraint event_pkey;
alter table event add column chain int not null;
alter table event add column seq bigint not null;
alter table event add column digest bytea;
alter table event add column hash bytea not null;
-- Also the fence: a chain can't fork, whatever a writer believes.
alter table event add primary key (chain, seq);

-- An operator's words may have to be forgotten one day: the chain holds their digest only.
create table audit_unchained as select seq as id, at, actor, action, target, detail,
    null::bytea as detail_digest from audit;
drop table audit;
drop table audit_head;
drop function audit_is_append_only;
create table audit (
    id            bigint      generated always as identity,
    chain         int         not null,
    seq           bigint      not null,
    at            timestamptz not null,
    actor         text        not null,
    action        text        not null,
    target        text        not null,
    detail        text,
    detail_digest bytea       not null,
    hash          bytea       not null,
    primary key (chain, seq)
);
create index audit_newest on audit (id);

-- heads: name:seq:hash of each chain that moved, one a line; ":end" where the chain ended there.
create table seal (
    no        bigint      primary key,
    at        timestamptz not null,
    heads     text        not null,
    hash      bytea       not null,
    signer    text        not null,
    signature bytea       not null
);

create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'evidence is append-only';
end $$;

create trigger event_append_only before update or delete on event
    for each row execute function evidence_is_append_only();
create trigger event_never_truncated before truncate on event
    for each statement execute function evidence_is_append_only();
create trigger audit_append_only before update or delete on audit
    for each row execute function evidence_is_append_only();
create trigger audit_never_truncated before truncate on audit
    for each statement execute function evidence_is_append_only();
create trigger seal_append_only before update or delete on seal
    for each row execute function evidence_is_append_only();
create trigger seal_never_truncated before truncate on seal
    for each statement execute function evidence_is_append_only();
create trigger chain_stays before delete on chain
    for each row execute function evidence_is_append_only();
create trigger chain_never_truncated before truncate on chain
    for each statement execute function evidence_is_append_only();
