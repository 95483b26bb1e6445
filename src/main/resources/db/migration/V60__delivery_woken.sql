-- Whether something came for a delivery while an attempt was under way that may not have seen it: that attempt is followed by another at once.
alter table delivery add column woken boolean not null default false;
