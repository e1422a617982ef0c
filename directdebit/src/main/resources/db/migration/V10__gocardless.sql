-- How a service user reaches GoCardless, and how far its events have been read. It belongs to the
-- server, for a service user may collect for many workspaces; no call reads it.
create table gocardless_account (
  service_user_id             text primary key references service_user,
  -- Which of GoCardless's two addresses; nobody else's can be named here.
  environment                 text not null check (environment in ('sandbox', 'live')),
  -- Which of the account's creditors collects; null if it has one alone.
  creditor                    text,
  sealed_token                bytea not null,
  -- What webhooks are signed with; the older one is good as well while GoCardless is told of the
  -- newer.
  sealed_webhook_secret       bytea,
  sealed_older_webhook_secret bytea,
  -- The last event that was read; null where there has been none.
  event_cursor                text,
  polled_at                   timestamptz,
  -- What stands in the way of every call, in words for a person; null if nothing does.
  trouble                     text check (length(trouble) <= 1000),
  trouble_since               timestamptz,
  updated_at                  timestamptz not null,
  check (sealed_webhook_secret is not null or sealed_older_webhook_secret is null),
  check ((trouble is null) = (trouble_since is null))
);

-- What a provider tells comes in no file. The event is kept as it was told, so that what did not
-- fit when it came can be tried again.
alter table advice alter column report_file_id drop not null;
alter table advice add column event jsonb;

create index on advice (service_user_id, told_at) where event is not null and status = 'parked';
create index on advice (service_user_id, mandate_id) where event is not null;

create index on mandate (workspace_id, provider_ref) where provider_ref is not null;
create index on instruction (workspace_id, provider_ref) where provider_ref is not null;
