-- The durable facts of a whole life and nothing else.
create table message_key (
    partner text not null, idempotency_key text not null, message_id uuid not null, receipt bytea not null,
    primary key (partner, idempotency_key));
create table message (
    id uuid primary key, document text not null, case_no text not null, body bytea not null, accepted_at timestamptz not null);
create table delivery (
    id uuid primary key, message_id uuid not null, receiver text not null, state text not null,
    created_at timestamptz not null, settled_at timestamptz);
create table answer (
    id uuid primary key, delivery_id uuid not null, body bytea not null, received_at timestamptz not null);
create table event (
    id bigint generated always as identity primary key, at timestamptz not null, case_no text not null,
    delivery_id uuid, kind text not null);
