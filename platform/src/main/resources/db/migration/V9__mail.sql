-- Mail on its way out. A call puts a message into its own transaction; the server sends it later,
-- and sees the rows of all workspaces. The message, its recipient's address included, is sealed for
-- its row, and gone once the mail has ended.
create table mail (
  id             text primary key,
  workspace_id   text not null references workspace,
  kind           text not null,
  subject_id     text not null,
  recipient_id   text not null,
  status         text not null check (status in (
    'queued', 'sent', 'bounced', 'given_up', 'withdrawn')),
  sealed_message bytea,
  attempts       integer not null default 0,
  queued_at      timestamptz not null,
  next_try_at    timestamptz,
  ended_at       timestamptz,
  answer         text check (length(answer) <= 300),
  check ((status = 'queued') = (sealed_message is not null)),
  check ((status = 'queued') = (next_try_at is not null)),
  check ((status = 'queued') = (ended_at is null))
);

create index on mail (next_try_at) where status = 'queued';
create index on mail (workspace_id, recipient_id) where status = 'queued';
create index on mail (workspace_id, subject_id) where status = 'queued';
create index on mail (workspace_id, id desc);
create index on mail (ended_at) where ended_at is not null;

alter table mail enable row level security;
create policy own_workspace on mail to keyreeve_call
  using (workspace_id = current_setting('keyreeve.workspace', true));
grant select, insert, update on mail to keyreeve_call;

-- What a call may know of its organisation: the name that stands in its mail.
create function own_organisation_name() returns text
  language sql stable security definer set search_path from current
  return (select o.name
          from organisation o join workspace w on w.organisation_id = o.id
          where w.id = current_setting('keyreeve.workspace', true));

revoke all on function own_organisation_name() from public;
grant execute on function own_organisation_name() to keyreeve_call;
