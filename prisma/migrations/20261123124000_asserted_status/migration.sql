-- What an outcome itself says, apart from what it changed: the newest assertion counts, in whatever order outcomes arrive.
alter table transaction_outcome add column asserted_status transaction_status;
