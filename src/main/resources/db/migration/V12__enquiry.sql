-- Results that a partner owes: it took the application and decides later. One row a delivery, gone with the result.
create table enquiry (
    delivery_id uuid        primary key,
    partner     text        not null,
    case_no     text        not null,
    -- What the partner calls the matter while it works on it; a newer one takes its place.
    ticket      text,
    tries       int         not null default 0,
    due_at      timestamptz not null,
    -- The partner does not know the matter any more: the call is made again with the same message id.
    repeat      boolean     not null default false,
    overdue_at  timestamptz not null,
    told        boolean     not null default false
);
create index enquiry_due on enquiry (partner, due_at);
create index enquiry_overdue on enquiry (overdue_at) where told;

-- The highest number that a receiver which counts its messages about a case has given to one of them.
alter table lane add column said_no bigint not null default 0;
