-- Answers to payments that have not been reported yet: kept, and applied in the batch that brings the payment.
create table awaited_outcome (
  transaction_key   uuid not null,
  batch_id          bigint not null,
  line_no           integer not null,
  reporter_id       integer not null,
  recorded_at       timestamptz not null,
  line              jsonb not null,
  primary key (transaction_key, batch_id, line_no)
);
