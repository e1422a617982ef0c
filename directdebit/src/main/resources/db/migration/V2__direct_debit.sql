-- Direct debit: payers, their bank accounts, their mandates and the invites to them. Every row
-- belongs to a workspace, and a call sees those of its own alone. References name the workspace too:
-- a check of a reference sees all rows, so an id alone could point at another tenant's.

create table payer (
  id           text primary key,
  workspace_id text not null references workspace,
  external_ref text,
  name         text not null,
  email        text,
  created_at   timestamptz not null,
  unique (workspace_id, id),
  unique (workspace_id, external_ref)
);

-- Sort code and account number are sealed for their row; the last four digits are what people see.
create table bank_account (
  id             text primary key,
  workspace_id   text not null references workspace,
  payer_id       text not null,
  sealed_details bytea not null,
  fingerprint    bytea not null,
  last4          char(4) not null,
  holder_name    text not null,
  modulus        text not null check (modulus in ('pass', 'fail', 'unchecked')),
  created_at     timestamptz not null,
  unique (workspace_id, id),
  foreign key (workspace_id, payer_id) references payer (workspace_id, id)
);

create table mandate (
  id              text primary key,
  workspace_id    text not null references workspace,
  payer_id        text not null,
  bank_account_id text,
  reference       text not null,
  status          text not null check (status in (
    'invited', 'invite_expired', 'pending_approval', 'pending_submission', 'submitted', 'active',
    'suspended', 'cancelled', 'failed', 'expired')),
  since           timestamptz not null,
  suspended_until date,
  initiator       text check (initiator in ('agent', 'payer', 'bank')),
  reason          text,
  submissions     integer not null,
  resubmitting    boolean not null,
  metadata        jsonb not null,
  version         integer not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  unique (workspace_id, id),
  unique (workspace_id, reference),
  foreign key (workspace_id, payer_id) references payer (workspace_id, id),
  foreign key (workspace_id, bank_account_id) references bank_account (workspace_id, id)
);

create index on mandate (workspace_id, id desc);
create index on mandate (workspace_id, status, id desc);
create index on mandate (payer_id);

-- How it can be shown, years later, that the payer agreed: each time anew, nothing overwritten.
create table mandate_evidence (
  id           text primary key,
  workspace_id text not null references workspace,
  mandate_id   text not null,
  evidence     jsonb not null,
  recorded_at  timestamptz not null,
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create index on mandate_evidence (workspace_id, mandate_id);

-- One live invite at most for each mandate. What the payer holds is a token of which only a digest
-- is kept.
create table mandate_invite (
  id           text primary key,
  workspace_id text not null references workspace,
  mandate_id   text not null,
  status       text not null check (status in (
    'created', 'sent', 'viewed', 'completed', 'expired', 'revoked', 'bounced')),
  redirect_url text,
  expires_at   timestamptz not null,
  created_at   timestamptz not null,
  viewed_at    timestamptz,
  ended_at     timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create unique index one_live_invite on mandate_invite (mandate_id)
  where status in ('created', 'sent', 'viewed');
create index on mandate_invite (workspace_id, mandate_id);

-- Where a token leads. A payer names no workspace, so this is looked up before one is known; no
-- call may read it.
create table invite_token (
  digest       bytea primary key check (length(digest) = 32),
  workspace_id text not null references workspace,
  mandate_id   text not null,
  invite_id    text not null,
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id),
  foreign key (workspace_id, invite_id) references mandate_invite (workspace_id, id)
);

-- When the clock moves a mandate on: its invite ends, or its suspension. The clock reads it before
-- a workspace is known, as the schema's owner; a call keeps its own workspace's rows.
create table mandate_due (
  mandate_id   text primary key,
  workspace_id text not null references workspace,
  at           timestamptz not null,
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create index on mandate_due (at, mandate_id);

alter table mandate_due enable row level security;
create policy own_workspace on mandate_due to keyreeve_call
  using (workspace_id = current_setting('keyreeve.workspace', true));

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'payer', 'bank_account', 'mandate', 'mandate_evidence', 'mandate_invite'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_workspace on %I '
      'using (workspace_id = current_setting(''keyreeve.workspace'', true))',
      tenant_table);
    execute format('grant select, insert on %I to keyreeve_call', tenant_table);
  end loop;
end
$$;

grant update on payer, bank_account, mandate, mandate_invite to keyreeve_call;
grant insert on invite_token to keyreeve_call;
grant select, insert, update, delete on mandate_due to keyreeve_call;
