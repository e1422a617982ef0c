-- The keys of the sealed columns. Calls see none of it.

-- Which keys this database's values are sealed with, each with the digest of a fixed text, so that
-- a server with another key of the same id is told so at its start; 0 is the key of fingerprints.
-- A key is in use from the moment when every live server has it; it is emptied when nothing is
-- sealed by it any more, and retired when a server has started without it.
create table field_key (
  id         integer primary key check (id between 0 and 255),
  mark       bytea not null check (length(mark) = 32),
  first_seen timestamptz not null,
  used_since timestamptz,
  emptied_at timestamptz,
  retired_at timestamptz
);

-- Which server has which keys. One that has not been seen for a minute is gone.
create table field_key_node (
  node    text primary key,
  key_ids integer[] not null,
  seen_at timestamptz not null
);
