-- The whole platform in slots of five minutes: what the overview draws. A day is 288 rows a currency however many types and routes
-- there are, so that the band over past days, and percentiles over a whole day, stay within a page's budget.
create table platform_slot (
  slot              timestamptz not null,
  currency          text not null,
  succeeded         bigint not null,
  declined          bigint not null,
  failed            bigint not null,
  unknown           bigint not null,
  amount_minor      bigint not null,
  latency           integer[] not null,
  primary key (slot, currency)
);

-- What the minutes already say, for installations that have data.
insert into platform_slot (slot, currency, succeeded, declined, failed, unknown, amount_minor, latency)
select date_bin('5 minutes', minute, 'epoch'), currency,
  sum(succeeded), sum(declined), sum(failed), sum(unknown), sum(amount_minor), histogram_sum(latency)
from platform_minute
group by 1, 2;
