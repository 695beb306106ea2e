-- Long spans need coarser tiers: merging 28,800 minute histograms of a day takes half a second, 480 hourly ones a few milliseconds.
create table platform_hour (
  hour              timestamptz not null,
  currency          text not null,
  business_type     business_type not null,
  route             payment_route not null,
  succeeded         bigint not null,
  declined          bigint not null,
  failed            bigint not null,
  unknown           bigint not null,
  amount_minor      bigint not null,
  latency           integer[] not null,
  primary key (hour, currency, business_type, route)
);

-- A day is a business day, in Asia/Shanghai.
create table platform_day (
  day               date not null,
  currency          text not null,
  business_type     business_type not null,
  route             payment_route not null,
  succeeded         bigint not null,
  declined          bigint not null,
  failed            bigint not null,
  unknown           bigint not null,
  amount_minor      bigint not null,
  latency           integer[] not null,
  primary key (day, currency, business_type, route)
);

create table institution_day (
  institution_id    integer not null,
  role              flow_role not null,
  day               date not null,
  currency          text not null,
  succeeded         bigint not null,
  declined          bigint not null,
  failed            bigint not null,
  unknown           bigint not null,
  amount_minor      bigint not null,
  latency           integer[] not null,
  primary key (day, institution_id, role, currency)
);
create index institution_day_by_institution on institution_day (institution_id, day);

-- The present bucket's row is updated every second: room on the page keeps those updates off the indexes.
alter table platform_minute set (fillfactor = 70);
alter table platform_hour set (fillfactor = 70);
alter table platform_day set (fillfactor = 70);
alter table institution_minute set (fillfactor = 80);
alter table institution_hour set (fillfactor = 70);
alter table institution_day set (fillfactor = 70);
alter table pair_hour set (fillfactor = 90);
alter table pair_day set (fillfactor = 80);
alter table leg_hour set (fillfactor = 70);
