-- Each service has words of its own for who made something happen. Rows that are there have some of
-- the old ones, and need not be read for this.
alter table event drop constraint event_origin_check;
alter table event add constraint event_origin_check
  check (origin ~ '^[a-z][a-z0-9_]{0,31}$') not valid;
