-- What is watched in a workspace, what was found, and what people do about it. Claims get what
-- people need to work on them.

-- A rule that is not as it comes with Keyreeve, or one of the workspace's own.
create table alert_rule (
  workspace_id  text not null references workspace,
  name          text not null,
  metric        text not null,
  family        text check (family in ('funds', 'authority', 'account_data', 'notice', 'deceased')),
  scope         text not null,
  period        text not null check (period in ('rolling_days', 'calendar_month')),
  days          integer check (days between 1 and 366),
  min_sample    integer not null check (min_sample >= 0),
  warn          bigint not null check (warn >= 0),
  critical      bigint not null check (critical >= 0),
  -- Null for 80 % of what warns.
  clear         bigint check (clear >= 0),
  cooldown_days integer not null check (cooldown_days between 0 and 365),
  enabled       boolean not null,
  version       integer not null,
  updated_at    timestamptz not null,
  primary key (workspace_id, name),
  check ((period = 'rolling_days') = (days is not null))
);

-- What a rule's metric came to when it was evaluated last.
create table alert_reading (
  workspace_id text not null references workspace,
  rule         text not null,
  numerator    bigint not null,
  denominator  bigint not null,
  level        text not null check (level in (
    'insufficient_data', 'clear', 'elevated', 'warning', 'critical')),
  evaluated_at timestamptz not null,
  primary key (workspace_id, rule)
);

create table alert (
  id               text primary key,
  workspace_id     text not null references workspace,
  rule             text not null,
  metric           text not null,
  family           text,
  -- What it is about: the organisation, a service user, a tag, or one claim, mandate, submission.
  scope            text not null,
  severity         text not null check (severity in ('warning', 'critical')),
  status           text not null check (status in (
    'open', 'acknowledged', 'dismissed', 'resolved')),
  since            timestamptz not null,
  -- As they stood when it opened.
  warn             bigint not null,
  critical         bigint not null,
  numerator        bigint not null,
  denominator      bigint not null,
  peak_numerator   bigint not null,
  peak_denominator bigint not null,
  -- How many daily evaluations in a row found the metric clear, and the last of these days.
  clear_days       integer not null,
  clear_on         date,
  dismiss_reason   text,
  snooze_until     date,
  -- The alert of the same rule and scope that was resolved before this one opened.
  previous_id      text,
  opened_at        timestamptz not null,
  resolved_at      timestamptz,
  evaluated_at     timestamptz not null,
  version          integer not null,
  updated_at       timestamptz not null,
  unique (workspace_id, id),
  foreign key (workspace_id, previous_id) references alert (workspace_id, id),
  check ((status = 'resolved') = (resolved_at is not null))
);

create unique index one_live_alert on alert (workspace_id, rule, scope) where status <> 'resolved';
create index on alert (workspace_id, id desc);
create index on alert (workspace_id, rule, scope, id desc);

-- What was counted when an alert opened.
create table alert_evidence (
  workspace_id text not null references workspace,
  alert_id     text not null,
  kind         text not null check (kind in ('attempt', 'claim', 'mandate', 'submission')),
  subject_id   text not null,
  primary key (alert_id, kind, subject_id),
  foreign key (workspace_id, alert_id) references alert (workspace_id, id)
);

-- What people write about an alert, and what they did.
create table alert_note (
  id           text primary key,
  workspace_id text not null references workspace,
  alert_id     text not null,
  action       text not null check (action in ('note', 'acknowledge', 'dismiss', 'reopen')),
  words        text,
  by_kind      text not null check (by_kind in ('person', 'key', 'operator')),
  by_name      text not null,
  written_at   timestamptz not null,
  foreign key (workspace_id, alert_id) references alert (workspace_id, id)
);

create index on alert_note (workspace_id, alert_id, id);

-- A bank's reference may stand for several debits of one payer, each claimed back whole.
alter table claim add column debited_on date;
alter table claim drop constraint claim_workspace_id_bank_ref_key;
alter table claim add unique nulls not distinct (workspace_id, bank_ref, debited_on, amount);
-- Why nobody knows which debit is meant.
alter table claim add column unmatched text check (unmatched in (
  'no_attempt', 'amount_differs', 'not_collected', 'claimed_already'));
-- Whether the claim has ended its mandate, so that a person has to look at it.
alter table claim add column flagged boolean not null default false;
alter table claim add column assignee text;

create index on attempt (workspace_id, failed_at) where status = 'failed';
create index on attempt (workspace_id, settled_at) where status = 'settled';
create index on mandate_invite (workspace_id, created_at);
create index on event (workspace_id, type, occurred_at);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'alert_rule', 'alert_reading', 'alert', 'alert_evidence', 'alert_note'] loop
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

grant update on alert_rule, alert_reading, alert to keyreeve_call;
