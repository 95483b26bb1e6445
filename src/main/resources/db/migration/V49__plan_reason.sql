-- Why somebody made a plan, for the second person who lets it run.
alter table plan add column reason text not null default '';

-- Lists of plans begin with the newest.
create index plan_made on plan (made_at);

-- The few whose receiver may have their effect already.
create index plan_delivery_doubles on plan_delivery (plan_id, receiver, number) where doubles;
