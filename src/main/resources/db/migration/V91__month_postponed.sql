-- Why a month that is due still has its secret: deliveries of then that have not ended, as they were when that was looked at last.
alter table month_key
    add column postponed_since timestamptz,
    add column postponed_by    bigint check (postponed_by > 0),
    add constraint month_key_postponed check ((postponed_since is null) = (postponed_by is null)),
    add constraint month_key_not_both check (postponed_since is null or destroyed_at is null);
