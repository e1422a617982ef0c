-- Who changed what: one chain of entries for each organisation, and one for the server.
--
-- An entry's hash covers the entry and the hash before it. The end of each chain is kept apart, so
-- that a missing last entry shows too; and now and then an end is signed with a key that is not in
-- the database.

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

create index on audit_entry (chain, at, seq);
create index on audit_entry (at, chain, seq);
create index on audit_entry (target_id, at);

-- No reference to the chain: a checkpoint outlives what it vouches for.
create table audit_checkpoint (
  chain     text not null,
  seq       bigint not null check (seq >= 1),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  at        timestamptz not null,
  signer    text not null,
  signature text not null,
  primary key (chain, seq)
);

create index on audit_checkpoint (at);

-- A guard and no proof: these triggers keep mistakes, and statements that somebody smuggles in, from
-- rewriting history. Whoever owns the tables can drop the triggers; what shows then is the chain.

create function keyreeve_keep_evidence() returns trigger language plpgsql as $$
begin
  raise exception 'The rows of % are evidence: they are added, and never changed or removed.', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger keep_evidence before update or delete or truncate on audit_entry
  for each statement execute function keyreeve_keep_evidence();

create trigger keep_evidence before update or delete or truncate on audit_checkpoint
  for each statement execute function keyreeve_keep_evidence();

create trigger keep_evidence before delete or truncate on audit_chain
  for each statement execute function keyreeve_keep_evidence();

-- The end of a chain moves on by one entry at a time.
create trigger move_on before update on audit_chain
  for each row
  when (new.chain <> old.chain or new.seq <> old.seq + 1)
  execute function keyreeve_keep_evidence();
