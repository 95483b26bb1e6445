-- Every use of an electronic certificate: who, for which item and case, for what and until when. It outlives what was used:
-- what the library answered is sealed, and goes as soon as the receiver has it.
create table certificate_use (
    -- The request's id at the library, the same on each attempt: one use is one use there.
    id          uuid        primary key,
    -- The delivery that waits for it, and the document with the material that names the certificate.
    delivery_id uuid        not null,
    message_id  uuid        not null,
    case_no     text        not null,
    material    int         not null,
    type        text        not null,
    library     text        not null,
    item_code   text        not null,
    asked_by    text        not null,
    purpose     text        not null,
    valid_from  timestamptz not null,
    valid_to    timestamptz not null,
    state       text        not null check (state in ('open', 'ready', 'refused', 'paper')),
    -- The message that asks the library now, and which of the steps it is.
    step        int         not null,
    step_id     uuid        not null,
    -- When the receiver is told to go on with paper instead; null where the item waits.
    paper_at    timestamptz,
    reference   text,
    reason      text,
    -- What the steps gave so far, sealed; gone as soon as the receiver has the document.
    body        bytea,
    -- The rows of answers that hold it too.
    answers     uuid[]      not null default '{}',
    settled_at  timestamptz
);
create index certificate_use_delivery on certificate_use (delivery_id);
create unique index certificate_use_step on certificate_use (step_id);
create index certificate_use_paper on certificate_use (paper_at) where state = 'open' and paper_at is not null;

-- How many certificates a delivery still waits for, and whether it has some at all.
alter table delivery add column awaits int not null default 0;
alter table delivery add column enriched boolean not null default false;

alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check check (kind in ('parked', 'delayed', 'resolved', 'given-up', 'paper'));
