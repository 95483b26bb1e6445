-- Who came in by OpenID Connect: the provider's own number of a person, and the name that the person has here from the first login on,
-- whatever the provider calls him later. Two names that only capitals tell apart are one.
create table console_subject (
    issuer     text        not null,
    subject    text        not null,
    name       text        not null,
    first_seen timestamptz not null default now(),
    last_seen  timestamptz not null default now(),
    primary key (issuer, subject)
);
create unique index console_subject_name on console_subject (lower(name));
