-- What was signed of a day stays: all that may be added to it later is the other side's countersignature.
create function manifest_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.countersigned_at is not null
            or (new.partner, new.day, new.side, new.manifest, new.base, new.signature, new.keyid, new.made_at)
                is distinct from (old.partner, old.day, old.side, old.manifest, old.base, old.signature, old.keyid, old.made_at)
    then
        raise exception 'evidence is append-only';
    end if;
    return new;
end $$;

create trigger exchange_manifest_stays before update or delete on exchange_manifest
    for each row execute function manifest_stays();
create trigger exchange_manifest_never_truncated before truncate on exchange_manifest
    for each statement execute function evidence_is_append_only();

-- Where a chain stood at a day's end.
create index exchange_evidence_at on exchange_evidence (partner, direction, at, seq);
