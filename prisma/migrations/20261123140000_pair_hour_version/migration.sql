-- Which content of an hour of pair_hour (and, with its 24 hours, a day of pair_day) this is: whoever has read it under the same version
-- need not read it again. The monitor writes a new one in the transaction that changes the hour. It is random and not counted up, so that
-- a version that was lost in a crash or a restore never comes back with other content.
create table pair_hour_version (
  hour              timestamptz primary key,
  version           uuid not null default gen_random_uuid()
) with (fillfactor = 50);

insert into pair_hour_version (hour)
select distinct hour
from pair_hour;

-- Heartbeats are kept for seven days.
create index heartbeat_by_time on heartbeat (sent_at);
