-- A password that somebody else made is changed by its owner at the first login.
alter table console_user add column must_change boolean not null default false;

-- How logins under a name went, by the address that they came from: whoever guesses locks himself out and not the name.
create table console_login (
    name         text        not null references console_user,
    address      text        not null,
    -- Failed ones in a row.
    failures     int         not null default 0,
    failed_at    timestamptz,
    locked_until timestamptz,
    good_at      timestamptz,
    primary key (name, address)
);
alter table console_user drop column failures;
alter table console_user drop column locked_until;

-- What waits for a person, of one partner: deliveries have theirs (delivery_parked).
create index message_parked_of on message (partner, accepted_at) where parked_reason is not null;
create index enquiry_told on enquiry (partner, overdue_at) where told;
