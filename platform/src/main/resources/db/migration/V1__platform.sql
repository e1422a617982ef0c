-- Organisations, workspaces, keys, and what every tenant's writes need.
--
-- Two roles. The role that runs this script owns the schema and does what operators ask. Calls run
-- as keyreeve_call, which may not log in, may not bypass row-level security, and sees only the
-- workspace that the transaction names in the setting keyreeve.workspace.

do $$
begin
  if not exists (select from pg_roles where rolname = 'keyreeve_call') then
    create role keyreeve_call nologin nobypassrls;
  end if;
  -- Whoever made the role beforehand may have granted it as well, to an owner that cannot.
  begin
    execute format('grant keyreeve_call to %I', current_user);
  exception when insufficient_privilege then
    if not pg_has_role('keyreeve_call', 'member') then
      raise;
    end if;
  end;
  if exists (select from pg_roles
             where rolname = 'keyreeve_call' and (rolsuper or rolbypassrls)) then
    raise 'The role keyreeve_call must be bound by row-level security.';
  end if;
  execute format('grant usage on schema %I to keyreeve_call', current_schema());
end
$$;

create table organisation (
  id               text primary key,
  name             text not null,
  plan             text not null check (plan in ('standard', 'professional', 'enterprise')),
  calls_per_minute integer not null check (calls_per_minute between 1 and 1000000),
  suspended        boolean not null default false,
  created_at       timestamptz not null
);

create table workspace (
  id              text primary key,
  organisation_id text not null references organisation,
  name            text not null,
  environment     text not null check (environment in ('live', 'test')),
  event_seq       bigint not null default 0,
  created_at      timestamptz not null
);

create index on workspace (organisation_id);

create table api_key (
  id               char(12) primary key,
  workspace_id     text not null references workspace,
  api              text not null,
  environment      text not null check (environment in ('live', 'test')),
  name             text not null,
  scopes           text[] not null check (cardinality(scopes) > 0),
  state            text not null check (state in ('active', 'deactivated', 'revoked')),
  calls_per_minute integer not null check (calls_per_minute between 1 and 600),
  not_before       timestamptz,
  expires_at       timestamptz,
  version          bigint not null default 1,
  created_at       timestamptz not null,
  changed_at       timestamptz not null
);

create index on api_key (workspace_id, created_at, id);

-- A key has one secret, or two while a rotation overlaps. Only digests are kept.
create table api_key_secret (
  key_id         char(12) not null references api_key,
  slot           smallint not null check (slot in (1, 2)),
  digest         bytea not null check (length(digest) = 32),
  pepper_version integer not null,
  created_at     timestamptz not null,
  not_after      timestamptz,
  primary key (key_id, slot)
);

-- Every change of access, in the order of commits. Nodes follow it to keep their directories.
create table access_change (
  seq          bigint generated always as identity primary key,
  subject_kind text not null check (subject_kind in ('key', 'organisation')),
  subject_id   text not null,
  at           timestamptz not null
);

-- What a repeated call is answered with. The fingerprint is keyed: it tells nothing about the input.
create table idempotency (
  workspace_id text not null references workspace,
  procedure    text not null,
  key          text not null,
  fingerprint  bytea not null,
  answer       jsonb,
  refusal      jsonb,
  created_at   timestamptz not null,
  primary key (workspace_id, procedure, key)
);

create index on idempotency (created_at);

-- What happened in a workspace, numbered without a gap in the order of commits.
create table event (
  workspace_id text not null references workspace,
  seq          bigint not null,
  id           text not null unique,
  type         text not null,
  subject_id   text not null,
  origin       text not null check (origin in ('agent', 'payer', 'bank', 'provider', 'clock', 'user')),
  cause        text,
  reason_code  text,
  occurred_at  timestamptz not null,
  snapshot     jsonb not null,
  primary key (workspace_id, seq)
);

create index on event (workspace_id, subject_id, seq);

alter table workspace enable row level security;
create policy own_workspace on workspace to keyreeve_call
  using (id = current_setting('keyreeve.workspace', true));

alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy own_workspace on idempotency
  using (workspace_id = current_setting('keyreeve.workspace', true));

alter table event enable row level security;
alter table event force row level security;
create policy own_workspace on event
  using (workspace_id = current_setting('keyreeve.workspace', true));

grant select, update (event_seq) on workspace to keyreeve_call;
grant select, insert, update, delete on idempotency to keyreeve_call;
grant select, insert on event to keyreeve_call;
