-- Reports as they stood when a month had just ended. A debit that comes back late changes the
-- figures of a month that is over; what was told at its end stays here.

create table report_snapshot (
  workspace_id text not null references workspace,
  report       text not null check (report in ('success_rate', 'clawbacks', 'mandate_activity')),
  -- The first day of the month.
  month        date not null check (extract(day from month) = 1),
  answer       jsonb not null,
  taken_at     timestamptz not null,
  primary key (workspace_id, report, month)
);

alter table report_snapshot enable row level security;
alter table report_snapshot force row level security;
create policy own_workspace on report_snapshot
  using (workspace_id = current_setting('keyreeve.workspace', true));
grant select, insert on report_snapshot to keyreeve_call;

-- A collection belongs to the day on which it was first to be collected, whatever became of it.
create index on collection (workspace_id, coalesce(first_entry_on, entry_on));

create index on attempt (workspace_id, failed_at desc, id desc) where failed_at is not null;
create index on attempt (workspace_id, settled_at) where settled_at is not null;
create index on claim (workspace_id, received_on desc, id desc);
create index on mandate_invite (workspace_id, created_at);

-- What mandates went through, without the many more events of their collections.
create index mandate_history on event (workspace_id, subject_id, seq)
  where type like 'mandate.%' or type like 'invite.%';
