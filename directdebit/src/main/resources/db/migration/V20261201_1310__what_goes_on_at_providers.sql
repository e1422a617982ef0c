-- What goes on at a provider without being asked for. A collection that waits for the provider's own
-- presentation is in no run.
alter table collection drop constraint collection_blocked_check;
alter table collection add constraint collection_blocked_check
  check (blocked in ('notice', 'mandate', 'provider'));

-- How often the provider has presented it again; that counts as the collector's own retries do.
alter table attempt add column taken_up integer not null default 0 check (taken_up >= 0);

-- A provider has followed the payer to another account, and does not tell its number.
alter table mandate add column account_unknown boolean not null default false;
