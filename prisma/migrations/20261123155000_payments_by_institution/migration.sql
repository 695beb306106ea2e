-- The newest payments of one institution, in whichever part it plays. Without these a quiet institution's page reads everybody's payments
-- of the range until it has found a hundred of its own.
create index clearing_transaction_by_payer_institution on clearing_transaction (payer_institution_id, accepted_at);
create index clearing_transaction_by_payee_institution on clearing_transaction (payee_institution_id, accepted_at);
create index clearing_transaction_by_intermediary on clearing_transaction (intermediary_institution_id, accepted_at)
  where intermediary_institution_id is not null;
