-- What the sender of a case was told of a delivery (or of a message that is parked itself): once for each kind.
create table notice (
    about uuid        not null,
    kind  text        not null check (kind in ('parked', 'delayed', 'resolved', 'given-up')),
    at    timestamptz not null default now(),
    primary key (about, kind)
);
