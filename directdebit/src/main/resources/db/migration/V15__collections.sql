-- What is to be collected, and each time it was presented. Whoever changes a row here holds the
-- lock of its mandate.

create table schedule (
  id            text primary key,
  workspace_id  text not null references workspace,
  mandate_id    text not null,
  amount        bigint not null check (amount > 0),
  -- The first debit's amount, where it differs.
  first_amount  bigint check (first_amount > 0),
  frequency     text not null check (frequency in (
    'weekly', 'every_two_weeks', 'every_four_weeks', 'monthly', 'quarterly', 'yearly')),
  -- 1 to 28, or 0 for the last day of the month; null for schedules of weeks.
  day_of_month  integer check (day_of_month between 0 and 28),
  starts_on     date not null,
  ends_on       date,
  debits        integer check (debits > 0),
  -- The due date of its next debit that is no row yet; null once all are.
  next_on       date,
  status        text not null check (status in ('active', 'ended', 'replaced')),
  created_at    timestamptz not null,
  unique (workspace_id, id),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create unique index one_active_schedule on schedule (mandate_id) where status = 'active';
create index on schedule (workspace_id, mandate_id);
create index on schedule (workspace_id, next_on) where status = 'active' and next_on is not null;

create table collection (
  id                text primary key,
  workspace_id      text not null references workspace,
  mandate_id        text not null,
  schedule_id       text,
  -- Which debit of its schedule it is, such as 2027-02; stops one period from being made twice.
  period            text,
  -- Whether its schedule ends with it.
  is_last           boolean not null default false,
  amount            bigint not null check (amount > 0),
  due_on            date not null,
  -- When the payer is debited, or was last; a processing day.
  entry_on          date not null,
  first_entry_on    date,
  status            text not null check (status in (
    'scheduled', 'pending_submission', 'submitted', 'collected', 'settled', 'failed', 'retrying',
    'clawed_back', 'cancelled', 'skipped')),
  since             timestamptz not null,
  outcome_final     boolean not null,
  expected_final_on date,
  blocked           text check (blocked in ('notice', 'mandate')),
  needs_notice      boolean not null,
  notice_sent_at    timestamptz,
  stage             text check (stage in ('input', 'bank')),
  reason            text,
  late              boolean not null default false,
  description       text,
  version           integer not null,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  unique (workspace_id, id),
  unique (schedule_id, period),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id),
  foreign key (workspace_id, schedule_id) references schedule (workspace_id, id)
);

create index on collection (workspace_id, id desc);
create index on collection (workspace_id, status, entry_on);
create index on collection (workspace_id, entry_on, id);
create index on collection (mandate_id, entry_on);
-- What a day has to look at.
create index on collection (workspace_id, entry_on)
  where status in ('scheduled', 'pending_submission', 'retrying');

-- One presentation of a collection. Whether a debit came to something is read here.
create table attempt (
  id             text primary key,
  workspace_id   text not null references workspace,
  collection_id  text not null,
  mandate_id     text not null,
  n              integer not null check (n > 0),
  code           char(2) not null check (code in ('01', '17', '18', '19')),
  amount         bigint not null check (amount > 0),
  input_on       date not null,
  processing_on  date not null,
  entry_on       date not null,
  submission_id  text references submission,
  status         text not null check (status in (
    'submitted', 'collected', 'settled', 'failed', 'cancelled', 'rejected')),
  reason         text,
  late           boolean not null default false,
  submitted_at   timestamptz not null,
  -- When it was returned, or counted as paid for good; each keeps the last such instant.
  failed_at      timestamptz,
  settled_at     timestamptz,
  provider_ref   text,
  unique (workspace_id, id),
  unique (collection_id, n),
  foreign key (workspace_id, collection_id) references collection (workspace_id, id),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create index on attempt (workspace_id, status, entry_on);
create index on attempt (workspace_id, mandate_id, entry_on);
create index on attempt (submission_id);
create index on attempt (workspace_id, provider_ref) where provider_ref is not null;

-- A debit that the payer claims back under the guarantee.
create table claim (
  id            text primary key,
  workspace_id  text not null references workspace,
  -- Null while nobody knows which debit is meant.
  attempt_id    text,
  collection_id text,
  mandate_id    text,
  bank_ref      text not null,
  reference     text not null,
  reason        text not null,
  amount        bigint not null check (amount > 0),
  status        text not null check (status in (
    'received', 'under_review', 'accepted', 'challenged', 'upheld', 'rejected', 'settled',
    'withdrawn')),
  since         timestamptz not null,
  received_on   date not null,
  challenge_by  date not null,
  settles_on    date not null,
  version       integer not null,
  created_at    timestamptz not null,
  unique (workspace_id, id),
  unique (workspace_id, bank_ref),
  foreign key (workspace_id, attempt_id) references attempt (workspace_id, id),
  foreign key (workspace_id, collection_id) references collection (workspace_id, id),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

-- A debit has one standing claim at most.
create unique index one_standing_claim on claim (attempt_id)
  where status not in ('withdrawn', 'upheld');
create index on claim (workspace_id, status, challenge_by);
create index on claim (workspace_id, received_on);
create index on claim (collection_id);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['schedule', 'collection', 'attempt', 'claim'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_workspace on %I '
      'using (workspace_id = current_setting(''keyreeve.workspace'', true))',
      tenant_table);
    execute format('grant select, insert, update on %I to keyreeve_call', tenant_table);
  end loop;
end
$$;
