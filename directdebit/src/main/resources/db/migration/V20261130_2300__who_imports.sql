-- The mandates of an import are the work of whoever started it, not of the server that does the rows.

alter table mandate_import
  add column actor_kind text not null default 'key',
  add column actor_id   text not null default '',
  add column actor_name text not null default '';
