-- Who changed what: one chain of entries for each organisation, and one for the server.
--
-- An entry's hash covers the entry and the hash before it. The end of each chain is kept apart, so
-- that a missing last entry shows too.

create table audit_chain (
  chain text primary key,
  seq   bigint not null,
  hash  text not null check (hash ~ '^[0-9a-f]{64}$')
);

create table audit_entry (
  chain       text not null references audit_chain,
  seq         bigint not null,
  at          timestamptz not null,
  actor_kind  text not null check (actor_kind in ('person', 'key', 'operator', 'system', 'anyone')),
  actor_id    text not null,
  actor_name  text not null,
  address     text not null,
  action      text not null,
  target_kind text not null,
  target_id   text not null,
  details     text not null,
  hash        text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (chain, seq)
);

create index on audit_entry (chain, target_kind, target_id, seq);
create index on audit_entry (chain, at);
