-- What still does not agree, case by case.
create index reconciliation_finding_open_day on reconciliation_finding (partner, day, kind, message_id)
    where healed_at is null;
