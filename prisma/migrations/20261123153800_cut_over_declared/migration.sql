-- The newest declaration of either side, beside the sums that it is held against: boards read one row a day.
alter table cut_over_day
  add column bank_declared_at timestamptz,
  add column bank_cleared_count bigint,
  add column bank_cleared_minor bigint,
  add column bank_direct_count bigint,
  add column bank_direct_minor bigint,
  add column bank_interface text,
  add column institution_declared_at timestamptz,
  add column institution_cleared_count bigint,
  add column institution_cleared_minor bigint,
  add column institution_direct_count bigint,
  add column institution_direct_minor bigint,
  add column institution_interface text;
