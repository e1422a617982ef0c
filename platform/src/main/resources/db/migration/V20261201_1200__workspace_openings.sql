-- That a service was told of a workspace. The row is written in the transaction that did what
-- followed, so that each is told once, however many servers look.
create table workspace_opening (
  workspace_id text not null references workspace,
  brand        text not null,
  told_at      timestamptz not null,
  primary key (workspace_id, brand)
);
