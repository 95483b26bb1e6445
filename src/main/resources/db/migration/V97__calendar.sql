-- The holidays of a year are missing in the calendar.
alter table incident drop constraint incident_kind_check;
alter table incident add constraint incident_kind_check check (kind in ('circuit', 'certificate', 'disk', 'clock', 'limit', 'parked',
    'answer', 'overdue', 'dead', 'errors', 'backlog', 'silence', 'expiry', 'calendar', 'process', 'configuration'));
