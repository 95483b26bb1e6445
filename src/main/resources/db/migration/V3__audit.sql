-- What operators did: a chain in which every line vouches for the one before it.
create table audit (
    seq    bigint      primary key,
    at     timestamptz not null,
    actor  text        not null,
    action text        not null,
    target text        not null,
    detail text        not null,
    prev   bytea       not null,
    hash   bytea       not null
);

create table audit_head (
    one  boolean primary key default true check (one),
    seq  bigint not null,
    hash bytea  not null
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only';
end $$;

create trigger audit_append_only before update or delete on audit
    for each row execute function audit_is_append_only();
create trigger audit_never_truncated before truncate on audit
    for each statement execute function audit_is_append_only();
