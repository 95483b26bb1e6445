-- Each time that a backup was restored: what it held of the evidence, and what was sealed after it and is lost. The hub's seal key signs
-- it, so that nobody who holds the database alone can explain away a line that is missing.
create table restoration (
    -- The incarnation that began, and the one that it follows.
    incarnation uuid        primary key,
    follows     uuid        not null,
    at          timestamptz not null,
    done_by     text        not null,
    reason      text        not null,
    -- The newest seal that the backup held, and the newest one that stood outside the database.
    held_seal   bigint      not null,
    newest_seal bigint      not null,
    -- name:seq:hash of each chain that was open, one a line, as it was restored.
    heads       text        not null,
    -- name:after:last of each chain whose lines after one and up to another were sealed and are lost, one a line.
    lost        text        not null,
    signer      text        not null,
    signature   bytea       not null,
    -- When all partners that count were asked to count; it is not signed.
    counted_at  timestamptz
);

create trigger restoration_stays before delete or update of incarnation, follows, at, done_by, reason, held_seal, newest_seal, heads,
        lost, signer, signature on restoration
    for each row execute function evidence_is_append_only();
create trigger restoration_never_truncated before truncate on restoration
    for each statement execute function evidence_is_append_only();
