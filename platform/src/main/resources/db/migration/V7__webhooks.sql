-- Work for later, webhooks, and what has been told of keys as time passed. Calls see none of it:
-- the server itself and the operators' API read and write these tables, and name the workspace.

-- The table of db-scheduler, whose columns are its own.
create table scheduled_task (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);

create index on scheduled_task (execution_time);
create index on scheduled_task (last_heartbeat);

-- Who wants to be told of events. The secret that signs is sealed for its row; a previous one signs
-- too until its end. Events up to `position` have been turned into deliveries or passed over.
create table webhook_endpoint (
  id                     text primary key,
  workspace_id           text not null references workspace,
  url                    text not null,
  description            text not null,
  event_types            text[] not null check (cardinality(event_types) > 0),
  disabled_reason        text check (disabled_reason in ('operator', 'gone', 'failing')),
  disabled_at            timestamptz,
  sealed_secret          bytea not null,
  sealed_previous_secret bytea,
  previous_until         timestamptz,
  position               bigint not null,
  claimed_until          timestamptz,
  accepted_at            timestamptz,
  created_at             timestamptz not null,
  changed_at             timestamptz not null,
  check ((disabled_reason is null) = (disabled_at is null)),
  check ((sealed_previous_secret is null) = (previous_until is null))
);

create index on webhook_endpoint (workspace_id, created_at, id);

-- One event for one endpoint. `tries` counts the attempts since it was last asked for, `attempts`
-- all there ever were.
create table webhook_delivery (
  endpoint_id  text not null references webhook_endpoint on delete cascade,
  seq          bigint not null,
  workspace_id text not null,
  status       text not null check (status in ('pending', 'delivered', 'failed')),
  attempts     integer not null default 0,
  tries        integer not null default 0,
  asked_at     timestamptz not null,
  next_try_at  timestamptz,
  ended_at     timestamptz,
  primary key (endpoint_id, seq),
  foreign key (workspace_id, seq) references event (workspace_id, seq),
  check ((status = 'pending') = (next_try_at is not null)),
  check ((status = 'pending') = (ended_at is null))
);

create index on webhook_delivery (endpoint_id, next_try_at) where status = 'pending';
create index on webhook_delivery (ended_at) where ended_at is not null;

-- Written before a request is sent, so that no attempt is made twice.
create table webhook_attempt (
  endpoint_id text not null,
  seq         bigint not null,
  number      integer not null,
  started_at  timestamptz not null,
  ending      text check (ending in (
    'accepted', 'refused', 'timed_out', 'unreachable', 'forbidden_address', 'abandoned')),
  status      integer,
  latency_us  bigint,
  excerpt     text check (length(excerpt) <= 1024),
  primary key (endpoint_id, seq, number),
  foreign key (endpoint_id, seq) references webhook_delivery on delete cascade
);

create index on webhook_attempt (endpoint_id) where ending is null;

-- What has been told of a key, so that each occasion is told once. The occasion is the instant that
-- it is about: an expiry or a time before it, a last use, a rotation.
create table key_notice (
  key_id   char(12) not null references api_key,
  type     text not null,
  occasion timestamptz not null,
  told_at  timestamptz not null,
  primary key (key_id, type, occasion)
);

create index on api_key (expires_at) where expires_at is not null and state <> 'revoked';
