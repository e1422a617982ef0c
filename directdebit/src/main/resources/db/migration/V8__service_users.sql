-- Who collects, by which scheme, and what is exchanged with it. A service user may collect for many
-- workspaces; what belongs to all of them belongs to the server, and no call reads it.

create table service_user (
  id             text primary key,
  scheme         text not null check (scheme in ('sandbox', 'bacs', 'gocardless')),
  -- The service user number of Bacs; none where a provider lends its own.
  number         char(6) unique,
  -- As payers read it on their statements.
  name           text not null,
  -- The account that is credited. The sandbox's own is no secret and is not kept.
  sealed_account bytea,
  last4          char(4),
  max_amount     bigint not null default 10000000 check (max_amount > 0),
  -- The sandbox's clock: what it showed when the server's clock showed stands_since. Null elsewhere.
  stands_at      timestamptz,
  stands_since   timestamptz,
  frozen         boolean not null default false,
  -- The sandbox's volume mode: accounts that would pay come back, or are claimed back, as a hash of
  -- this seed decides; rates are parts of 10,000. Null while it is off.
  volume_seed    bigint,
  failure_rate   integer not null default 0 check (failure_rate between 0 and 10000),
  claim_rate     integer not null default 0 check (claim_rate between 0 and 10000),
  -- Every moment up to here has happened.
  moments_until  timestamptz not null,
  created_at     timestamptz not null,
  check ((scheme = 'sandbox') = (stands_at is not null)),
  check ((stands_at is null) = (stands_since is null)),
  check ((scheme = 'gocardless') = (number is null))
);

-- What a service user's clock shows when the server's shows `now`.
create function clock_of(
    stands_at timestamptz, stands_since timestamptz, frozen boolean, now timestamptz)
  returns timestamptz language sql immutable
  return case
    when stands_at is null then now
    when frozen then stands_at
    else stands_at + greatest(now - stands_since, interval '0')
  end;

-- How a workspace collects.
create table collector (
  workspace_id    text primary key references workspace,
  service_user_id text not null references service_user,
  -- Processing days that pass between an advance notice and its debit.
  notice_days     integer not null default 10 check (notice_days between 1 and 20),
  -- Months without a debit after which banks may have dropped an instruction.
  dormancy_months integer not null default 24 check (dormancy_months between 6 and 60),
  -- How often a debit that came back for want of funds is presented again.
  max_retries     integer not null default 2 check (max_retries between 0 and 4),
  -- Processing days between a return and the entry day of the next presentation.
  retry_days      integer not null default 5 check (retry_days between 1 and 20),
  -- What becomes of a debit that falls due while its mandate is suspended.
  on_hold         text not null default 'skip' check (on_hold in ('skip', 'shift'))
);

create index on collector (service_user_id);

-- Every sandbox workspace has a bank of its own from the beginning, so that nobody's clock is moved
-- by anybody else. Its service user numbers begin with 9, which is the sandbox's alone.
create sequence sandbox_service_user_number minvalue 900001 maxvalue 999998;

create function open_sandbox() returns trigger language plpgsql as $$
begin
  insert into service_user (id, scheme, number, name, stands_at, stands_since, moments_until,
                            created_at)
  values ('sun_' || substr(new.id, 5), 'sandbox', nextval('sandbox_service_user_number')::text,
          'SANDBOX', new.created_at, new.created_at, new.created_at, new.created_at);
  insert into collector (workspace_id, service_user_id)
  values (new.id, 'sun_' || substr(new.id, 5));
  return null;
end
$$;

create trigger open_sandbox after insert on workspace
  for each row when (new.environment = 'test') execute function open_sandbox();

do $$
declare
  sandbox workspace;
begin
  for sandbox in select * from workspace where environment = 'test' loop
    insert into service_user (id, scheme, number, name, stands_at, stands_since, moments_until,
                              created_at)
    values ('sun_' || substr(sandbox.id, 5), 'sandbox',
            nextval('sandbox_service_user_number')::text, 'SANDBOX', now(), now(), now(), now());
    insert into collector (workspace_id, service_user_id)
    values (sandbox.id, 'sun_' || substr(sandbox.id, 5));
  end loop;
end
$$;

-- A moment of a service user's day that has happened. The row is written in the transaction that
-- does its work, so that it happens once, however many servers look at the clock.
create table moment (
  service_user_id text not null references service_user,
  kind            text not null,
  day             date not null,
  done_at         timestamptz not null,
  primary key (service_user_id, day, kind)
);

-- What is sent to a scheme at once. Sealed with its bytes, it is never made anew: a correction is
-- another submission with a serial of its own.
create table submission (
  id              text primary key,
  service_user_id text not null references service_user,
  serial          char(6),
  status          text not null check (status in (
    'sealed', 'sent', 'accepted', 'partly_rejected', 'rejected', 'withdrawn')),
  input_day       date not null,
  sealed_file     bytea,
  sha256          bytea,
  debits          integer not null,
  debit_total     bigint not null,
  instructions    integer not null,
  sealed_at       timestamptz not null,
  sent_at         timestamptz,
  answered_at     timestamptz,
  -- A submission of the same day with as many debits of the same total.
  duplicate_of    text references submission,
  unique (service_user_id, input_day, serial)
);

create index on submission (service_user_id, sealed_at desc);

-- An instruction to the payer's bank on its way: lodged (0N), withdrawn (0C).
create table instruction (
  id              text primary key,
  workspace_id    text not null references workspace,
  mandate_id      text not null,
  kind            text not null check (kind in ('lodge', 'withdraw')),
  bank_account_id text not null,
  status          text not null check (status in (
    'queued', 'submitted', 'accepted', 'returned', 'dropped')),
  reason          text,
  submission_id   text references submission,
  input_day       date,
  entry_day       date,
  provider_ref    text,
  queued_at       timestamptz not null,
  ended_at        timestamptz,
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id),
  foreign key (workspace_id, bank_account_id) references bank_account (workspace_id, id)
);

create index on instruction (workspace_id, status, id);
create index on instruction (workspace_id, mandate_id);
create index on instruction (submission_id);

-- A report as it came. One that came before changes nothing.
create table report_file (
  id              text primary key,
  service_user_id text not null references service_user,
  kind            text,
  status          text not null check (status in ('applied', 'parked', 'repeated')),
  sha256          bytea not null,
  sealed_file     bytea not null,
  faults          jsonb,
  received_at     timestamptz not null
);

create unique index one_report on report_file (service_user_id, sha256) where status = 'applied';

-- One thing that a report says. Its key is the same in every delivery, so that it is done once.
create table advice (
  service_user_id text not null references service_user,
  key             text not null,
  report_file_id  text not null references report_file,
  status          text not null check (status in ('applied', 'parked', 'dismissed')),
  why             text,
  words           text not null,
  reference       text not null,
  amount          bigint,
  day             date,
  workspace_id    text references workspace,
  mandate_id      text,
  attempt_id      text,
  told_at         timestamptz not null,
  ended_at        timestamptz,
  -- Whose decision it was, and why, where a person decided.
  ended_by        text,
  note            text,
  primary key (service_user_id, key)
);

create index on advice (service_user_id, status, told_at);

-- The sandbox bank's own books: what it holds, and what it will report.
create table bank_instruction (
  service_user_id text not null references service_user,
  reference       text not null,
  sealed_account  bytea not null,
  debits          integer not null default 0,
  cancelled       boolean not null default false,
  primary key (service_user_id, reference)
);

create table bank_report (
  id              bigint generated always as identity primary key,
  service_user_id text not null references service_user,
  due_on          date not null,
  kind            text not null,
  sealed_what     bytea not null,
  told_at         timestamptz
);

create index on bank_report (service_user_id, due_on) where told_at is null;

alter table mandate add column provider_ref text;
alter table mandate add column last_presented_on date;

alter table instruction enable row level security;
alter table instruction force row level security;
create policy own_workspace on instruction
  using (workspace_id = current_setting('keyreeve.workspace', true));
grant select, insert, update on instruction to keyreeve_call;

-- The server looks for the workspaces of a service user before it enters one; a call keeps its own.
alter table collector enable row level security;
create policy own_workspace on collector to keyreeve_call
  using (workspace_id = current_setting('keyreeve.workspace', true));
grant select on collector to keyreeve_call;

-- A call sees the service user of its own workspace, to know its day.
alter table service_user enable row level security;
create policy own_service_user on service_user to keyreeve_call
  using (id in (select service_user_id from collector));
grant select (id, scheme, number, name, max_amount, stands_at, stands_since, frozen)
  on service_user to keyreeve_call;
