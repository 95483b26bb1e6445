-- Each channel has a line of its own, and each telephone on duty is a channel; no notice of one waits for another's.
alter table incident_notice drop constraint incident_notice_channel_check;
alter table incident_notice add constraint incident_notice_channel_check
    check (channel in ('webhook', 'mail') or channel ~ '^sms-[a-z][a-z0-9-]*$');
-- What became urgent after it was told is told as such: there is one opening notice of an incident, and one all-clear.
alter table incident_notice drop constraint incident_notice_kind_check;
alter table incident_notice add constraint incident_notice_kind_check check (kind in ('opened', 'urgent', 'closed'));
alter table incident_notice
    -- Tries of which nobody knows whether they arrived, the one under way included.
    add column doubts   int not null default 0,
    -- What the gateway said later of a short message, such as DELIVRD.
    add column reported text;

drop index incident_notice_due;
create index incident_notice_due on incident_notice (channel, due_at) where sent_at is null and given_up_at is null;
create index incident_notice_about on incident_notice using gin (incidents);

-- What was told once has its all-clear, too, when the news that it became urgent was still to come.
drop index incident_closing;
create index incident_closing on incident (id) where closed_at is not null and told_close_at is null
    and (told_open_at is not null or notified_open_at is not null);
