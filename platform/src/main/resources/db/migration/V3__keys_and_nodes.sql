-- The whole life of a key, the addresses from which it may be used, and the nodes that follow the
-- log of changes.

-- calls_per_minute is what holds: the override where there is one, else the plan's number.
alter table organisation
  add column addresses      text[] not null default '{}',
  add column calls_override integer check (calls_override between 1 and 1000000),
  add column suspend_reason text,
  add column changed_at     timestamptz;

alter table api_key
  add column addresses       text[] not null default '{}',
  add column tags            text[] not null default '{}',
  add column created_by      text,
  add column created_by_name text,
  add column deleted_at      timestamptz,
  add column revoked_at      timestamptz,
  add column revoke_reason   text,
  add column leaked_at       timestamptz;

-- Numbered through the key's life, so that what is known of one secret is not told of the next.
alter table api_key_secret rename column slot to number;
alter table api_key_secret
  drop constraint api_key_secret_slot_check,
  alter column number type integer,
  add check (number >= 1);

-- Which peppers this database's digests are made under, each with the digest of a fixed text, so
-- that a server with another pepper of the same version is told so at its start.
create table pepper (
  version     integer primary key,
  fingerprint bytea not null check (length(fingerprint) = 32),
  first_seen  timestamptz not null
);

alter table access_change
  drop constraint access_change_subject_kind_check,
  add check (subject_kind in ('key', 'organisation', 'session', 'member'));

-- Who must confirm a change before it is answered.
create table node (
  id            text primary key,
  started_at    timestamptz not null,
  seen_at       timestamptz not null,
  confirmed_seq bigint not null,
  lease_millis  bigint not null check (lease_millis between 1 and 300000)
);
