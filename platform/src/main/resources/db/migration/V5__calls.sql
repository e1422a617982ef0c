-- What calls leave behind: counts, sums over time, and the request log. All of it is merged from the
-- journals of the nodes, as the schema's owner; calls read what belongs to their workspace.

-- How far each journal was read. It moves in the transaction that merges what was read.
create table call_source (
  source_id      text primary key,
  read_to        bigint not null,
  lost_calls     bigint not null,
  lost_of_nobody bigint not null,
  lost_at        bigint not null,
  moved_at       timestamptz not null
);

-- What journals had no room for, by the minute in which that was noticed last.
create table call_loss (
  at        timestamptz not null,
  source_id text not null,
  calls     bigint not null,
  of_nobody bigint not null,
  primary key (at, source_id)
);

-- Admitted calls of a key in its whole life, whichever secret proved it.
create table key_usage (
  key_id         char(12) primary key,
  workspace_id   text not null,
  requests       bigint not null,
  last_used_at   timestamptz not null,
  last_used_from inet
);

-- By the number that a secret has in the life of its key.
create table key_secret_usage (
  key_id         char(12) not null,
  secret         integer not null,
  workspace_id   text not null,
  last_used_at   timestamptz not null,
  last_used_from inet,
  primary key (key_id, secret)
);

-- Calls, refused ones included, by time. What people call has no key: its key_id is empty.
create table usage_rollup (
  workspace_id    text not null,
  key_id          text not null,
  unit            text not null check (unit in ('minute', 'hour', 'day')),
  bucket          timestamptz not null,
  outcome         text not null,
  organisation_id text not null,
  calls           bigint not null,
  latency_micros  bigint not null,
  slowest_micros  bigint not null,
  primary key (workspace_id, key_id, unit, bucket, outcome)
);

create index on usage_rollup (unit, bucket);

-- Every call and every refused request, a partition a day. Whoever is unknown has no workspace.
create sequence request_log_id;

create table request_log (
  at              timestamptz not null,
  id              bigint not null default nextval('request_log_id'),
  request_id      text not null,
  organisation_id text,
  workspace_id    text,
  key_id          text,
  secret          integer,
  session_id      text,
  procedure       text,
  outcome         text not null,
  reason          text,
  status          smallint not null,
  address         inet,
  calls           integer not null,
  latency_micros  bigint not null,
  node            text not null
) partition by range (at);

create index on request_log (at desc, id desc);
create index on request_log (workspace_id, at desc, id desc);
create index on request_log (workspace_id, key_id, at desc, id desc);
create index on request_log (workspace_id, reason, at desc, id desc) where reason is not null;
create index on request_log (request_id);

do $$
declare
  evidence text;
begin
  foreach evidence in array array[
    'key_usage', 'key_secret_usage', 'usage_rollup', 'request_log'] loop
    execute format('alter table %I enable row level security', evidence);
    execute format(
      'create policy own_workspace on %I to keyreeve_call '
      'using (workspace_id = current_setting(''keyreeve.workspace'', true))',
      evidence);
    execute format('grant select on %I to keyreeve_call', evidence);
  end loop;
end
$$;
