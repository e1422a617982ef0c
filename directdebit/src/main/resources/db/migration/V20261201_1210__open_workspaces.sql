-- The service opens sandboxes itself when it is told of a workspace. For those that exist, the
-- trigger has done so.
drop trigger open_sandbox on workspace;
drop function open_sandbox;

insert into workspace_opening (workspace_id, brand, told_at)
select id, 'dd', now() from workspace;
