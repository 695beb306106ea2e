-- What one institution took in is asked as often as what it paid out.
create index pair_hour_by_payee on pair_hour (payee_institution_id, hour);
create index pair_day_by_payee on pair_day (payee_institution_id, day);
