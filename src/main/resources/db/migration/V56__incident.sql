-- What is wrong for so long that a person must know: one row from its opening to its all-clear, however often it is seen.
create table incident (
    id               bigint      generated always as identity primary key,
    -- Under which its words stand in the console's bundles, urgent.<kind>.*.
    kind             text        not null check (kind in ('circuit', 'certificate', 'disk', 'clock', 'limit', 'parked', 'errors',
        'backlog', 'silence', 'expiry')),
    -- At whom; null for the hub itself.
    partner          text,
    urgent           boolean     not null,
    opened_at        timestamptz not null,
    last_seen_at     timestamptz not null,
    -- Since when it is not seen any more; it closes once that has lasted.
    gone_since       timestamptz,
    closed_at        timestamptz,
    -- Since when it is so, which is before it was opened.
    since            timestamptz,
    cases            bigint      not null,
    most_cases       bigint      not null,
    fault            text        not null check (fault in ('receiver', 'sender', 'hub')),
    said             text,
    -- When the hub does something about it by itself, where that is known.
    next_at          timestamptz,
    acknowledged_by  text,
    acknowledged_at  timestamptz,
    assigned_to      text,
    -- When its notices were written, and when the first of them had arrived.
    told_open_at     timestamptz,
    told_close_at    timestamptz,
    notified_open_at timestamptz,
    notified_close_at timestamptz
);
create unique index incident_open on incident (kind, coalesce(partner, '')) where closed_at is null;
create index incident_closed on incident (closed_at) where closed_at is not null;
create index incident_closing on incident (id) where closed_at is not null and told_open_at is not null and told_close_at is null;
create index incident_partner on incident (partner, kind, closed_at);

-- What is told outside: written with what it tells of, sent after that, and known to the receiver by its id.
create table incident_notice (
    id          uuid        primary key,
    channel     text        not null check (channel in ('webhook', 'mail')),
    kind        text        not null check (kind in ('opened', 'closed')),
    incidents   bigint[]    not null,
    body        text        not null,
    made_at     timestamptz not null,
    due_at      timestamptz not null,
    tries       int         not null default 0,
    sent_at     timestamptz,
    given_up_at timestamptz,
    problem     text
);
create index incident_notice_due on incident_notice (due_at) where sent_at is null and given_up_at is null;
create index incident_notice_made on incident_notice (made_at);

-- The one process that looks, until it has been silent for long enough.
create table incident_lease (
    one   boolean     primary key default true check (one),
    owner uuid        not null,
    until timestamptz not null
);
