-- What the moments of a day and callers look for among the rows of years.

-- What waits for its mandate, and what payers are still to be told of.
create index on collection (workspace_id)
  where blocked = 'mandate' and status in ('scheduled', 'pending_submission');
create index on collection (workspace_id, entry_on)
  where needs_notice and notice_sent_at is null and status in ('scheduled', 'pending_submission');

-- Most collections of a workspace are planned ones; callers look for others, too.
create index on collection (workspace_id, due_on);
create index on collection (workspace_id, updated_at);
create index on collection (workspace_id, id) where outcome_final;
-- The constraint's own index is read from both ends.
drop index collection_workspace_id_id_idx;

-- Those of a mandate are few, whatever is known of how many rows a workspace has.
create index on collection (workspace_id, mandate_id, entry_on);
drop index collection_mandate_id_entry_on_idx;

-- Which reports have come since a submission.
create index on report_file (service_user_id, received_at);
