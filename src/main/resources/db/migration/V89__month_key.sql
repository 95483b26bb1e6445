-- The secrets of months, to which sealed values are bound: with one of them gone, no value of its month opens any more, not even with
-- the master key. Months in UTC; 0 is January 1970.
create table month_key (
    month        int         primary key check (month between 0 and 65535),
    secret       bytea       check (length(secret) = 32),
    made_at      timestamptz not null default now(),
    destroyed_at timestamptz,
    -- Why, in words that pages and packages of evidence repeat.
    rule         text,
    -- When what could no longer be opened had been emptied too.
    emptied_at   timestamptz,
    check ((secret is null) = (destroyed_at is not null)),
    check ((rule is null) = (destroyed_at is null))
);

create function month_key_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.destroyed_at is null and (new.secret is null or new.secret = old.secret)
        or tg_op = 'UPDATE' and new.secret is null and new.destroyed_at = old.destroyed_at and new.rule = old.rule then
        return new;
    end if;
    raise exception 'A secret of a month is destroyed once, and neither changed nor given back';
end $$;
create trigger month_key_stays before update or delete on month_key for each row execute function month_key_stays();
create trigger month_key_never_truncated before truncate on month_key for each statement execute function month_key_stays();

-- Which cases name an attachment; those that came before this version have no row, and are not erased with a case.
create table attachment_case (
    partner text not null,
    digest  text not null,
    case_no text not null,
    primary key (partner, digest, case_no)
);
create index attachment_case_no on attachment_case (case_no);
