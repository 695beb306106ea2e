-- What each check summed up by currency, on both sides: [{"currency", "raw", "rollup"}], minor units as decimal strings. Legs carry no amount.
alter table reconciliation add column if not exists amounts jsonb not null default '[]';
