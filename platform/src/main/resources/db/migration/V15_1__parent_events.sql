-- The event that brought another one about, such as the end of a mandate that of a debit under it.
alter table event add column parent_seq bigint;
