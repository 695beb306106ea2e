-- A message names accounts in full, and people: at rest it is sealed, as account numbers are. SQL has no key, so the gateway seals what an
-- older version kept in the open when it starts.
alter table raw_message
  add column body_cipher bytea,
  alter column body drop not null,
  add constraint raw_message_one_body check (num_nonnulls(body, body_cipher) = 1);
create index raw_message_open on raw_message (transaction_key) where body is not null;
