-- Whether an invite goes to its payer by mail, and what became of that.
alter table mandate_invite
  add column mailed        boolean not null default false,
  add column sent_at       timestamptz,
  add column bounce_code   text,
  add column bounce_answer text check (length(bounce_answer) <= 300);

-- From when on a payer gets nothing any more, because a bank says that the person has died.
alter table payer add column contact_stopped_at timestamptz;
