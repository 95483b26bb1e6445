-- The month that a sealed value is bound to, as the vault writes it into a value's head; null where it is bound to none.
create function sealed_month(value bytea) returns int language sql immutable strict parallel safe as $$
    select case when length(value) >= 4 and substring(value from 1 for 1) = '\x02'::bytea
        then 256 * get_byte(substring(value from 3 for 2), 0) + get_byte(substring(value from 3 for 2), 1) end
$$;

-- Whether all cases that name an attachment are on record: of those that were here before, a case may name one that nobody knows of.
alter table attachment add column cases_known boolean not null default false;
alter table attachment alter column cases_known set default true;
