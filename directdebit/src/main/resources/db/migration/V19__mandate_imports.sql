-- Mandates that come by the file, and what became of each row. A row is sealed until it is done,
-- and wiped then.

create table mandate_import (
  id           text primary key,
  workspace_id text not null references workspace,
  row_count    integer not null,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  unique (workspace_id, id)
);

create index on mandate_import (id) where ended_at is null;

create table mandate_import_row (
  id           text primary key,
  workspace_id text not null references workspace,
  import_id    text not null,
  n            integer not null,
  status       text not null check (status in ('pending', 'created', 'refused')),
  sealed_row   bytea check ((sealed_row is null) = (status <> 'pending')),
  mandate_id   text,
  refusal      jsonb,
  unique (import_id, n),
  foreign key (workspace_id, import_id) references mandate_import (workspace_id, id),
  foreign key (workspace_id, mandate_id) references mandate (workspace_id, id)
);

create index on mandate_import_row (import_id, n) where status = 'pending';

-- The work begins before a workspace is known, as the owner; a call keeps its own workspace's.
alter table mandate_import enable row level security;
create policy own_workspace on mandate_import to keyreeve_call
  using (workspace_id = current_setting('keyreeve.workspace', true));

alter table mandate_import_row enable row level security;
alter table mandate_import_row force row level security;
create policy own_workspace on mandate_import_row
  using (workspace_id = current_setting('keyreeve.workspace', true));

grant select, insert, update on mandate_import, mandate_import_row to keyreeve_call;
