-- How far the partner says that the message is, where the hub has nobody's signed word for that: healed once it has.
alter table reconciliation_finding add column state text;
