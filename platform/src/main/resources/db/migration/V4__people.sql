-- People, what they are to organisations, and their sessions.
--
-- Read and written by the role that owns the schema alone: keyreeve_call is granted nothing here.
-- Of every secret only a digest is kept.

-- Somebody who can sign in. Whoever belongs to no organisation any more is forgotten.
create table person (
  id                  text primary key,
  email               text not null check (length(email) <= 254),
  name                text not null,
  -- Argon2id as a PHC string; null while only passkeys open the account.
  password            text,
  password_changed_at timestamptz,
  -- Where the last session stood; the next one begins there.
  workspace_id        text references workspace on delete set null,
  created_at          timestamptz not null
);

-- Addresses are ASCII, so that lower() means the same everywhere.
create unique index person_email on person (lower(email));

create table member (
  organisation_id text not null references organisation,
  person_id       text not null references person on delete cascade,
  role            text not null check (role in ('viewer', 'operator', 'admin', 'owner')),
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (organisation_id, person_id)
);

create index on member (person_id);

create table invitation (
  id              text primary key,
  organisation_id text not null references organisation,
  email           text not null check (length(email) <= 254),
  role            text not null check (role in ('viewer', 'operator', 'admin', 'owner')),
  digest          bytea not null unique check (length(digest) = 32),
  invited_by      text not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null
);

create index on invitation (organisation_id, created_at);

-- What makes the first person an owner. There is at most one.
create table bootstrap_code (
  one             boolean primary key default true check (one),
  digest          bytea not null check (length(digest) = 32),
  organisation_id text references organisation,
  created_at      timestamptz not null
);

-- Lets whoever holds it choose a new password, once.
create table password_reset (
  person_id  text primary key references person on delete cascade,
  digest     bytea not null unique check (length(digest) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table passkey (
  id              text primary key,
  person_id       text not null references person on delete cascade,
  credential_id   bytea not null unique check (length(credential_id) <= 1023),
  -- The attested credential data of WebAuthn, section 6.5.2: model, id and public key.
  credential      bytea not null,
  sign_count      bigint not null check (sign_count between 0 and 4294967295),
  backup_eligible boolean not null,
  backed_up       boolean not null,
  transports      text[] not null,
  name            text not null,
  created_at      timestamptz not null,
  used_at         timestamptz
);

create index on passkey (person_id, created_at);

-- Challenges that were given out and not answered yet.
create table passkey_challenge (
  digest     bytea primary key check (length(digest) = 32),
  -- Who registers a passkey; null where somebody signs in.
  person_id  text references person on delete cascade,
  expires_at timestamptz not null
);

create index on passkey_challenge (expires_at);

create table session (
  id              text primary key,
  digest          bytea not null unique check (length(digest) = 32),
  person_id       text not null,
  organisation_id text not null,
  workspace_id    text not null references workspace,
  method          text not null
                    check (method in ('password', 'passkey', 'bootstrap_code', 'invitation')),
  address         text not null,
  user_agent      text,
  created_at      timestamptz not null,
  seen_at         timestamptz not null,
  ends_at         timestamptz not null,
  -- A session goes with the membership that it stands on.
  foreign key (organisation_id, person_id) references member on delete cascade
);

create index on session (person_id, created_at);
create index on session (organisation_id);

-- Failed attempts in a row, by a keyed digest of the e-mail address, whether or not anybody has it.
create table sign_in_failure (
  account   bytea primary key check (length(account) = 32),
  -- Null where nobody has the address.
  person_id text references person on delete cascade,
  failures  integer not null check (failures between 1 and 100),
  last_at   timestamptz not null
);

create index on sign_in_failure (last_at);
