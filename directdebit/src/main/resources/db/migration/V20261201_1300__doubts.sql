-- A claim is what one notice has raised: banks give out their references each for itself, so two
-- claims may share reference, day and amount. Null for those that were kept before.
alter table claim add column notice_key text;
alter table claim add unique (workspace_id, notice_key);
alter table claim drop constraint claim_workspace_id_bank_ref_debited_on_amount_key;
create index on claim (workspace_id, bank_ref);

-- A report that could not be read holds up what silence would decide, until a person ends that.
alter table report_file drop constraint report_file_status_check;
alter table report_file add constraint report_file_status_check
  check (status in ('applied', 'parked', 'repeated', 'dismissed'));
alter table report_file add column ended_at timestamptz;
alter table report_file add column ended_by text;
alter table report_file add column note text;
create index on report_file (service_user_id, received_at) where status = 'parked';
