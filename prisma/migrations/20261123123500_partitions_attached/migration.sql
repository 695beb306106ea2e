-- A new partition is made beside its parent and then attached. `create table … partition of` would take an exclusive lock on the
-- parent and so wait for every COPY under way, one of which may be waiting for this very partition.
create or replace function ensure_partition(parent regclass, at timestamptz) returns text language plpgsql as $$
declare
  zone constant text := 'Asia/Shanghai';
  here constant timestamp := at at time zone zone;
  today constant timestamp := date_trunc('day', now() at time zone zone);
  unit text := case
    when here < date_trunc('year', today) - interval '2 years' then 'year'
    when here < date_trunc('month', today - interval '62 days') then 'month'
    else 'day' end;
  base text := (select relname from pg_class where oid = parent);
  lower_bound timestamp;
  name text;
begin
  -- A coarser partition must not cover days that already have their own.
  loop
    lower_bound := date_trunc(unit, here);
    name := base || '_p' || to_char(lower_bound, case unit when 'day' then 'YYYYMMDD' when 'month' then 'YYYYMM' else 'YYYY' end);
    if to_regclass(name) is not null then return null; end if;
    exit when unit = 'day' or not exists (
      select from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = parent and c.relname > name and c.relname like name || '%');
    unit := case unit when 'year' then 'month' else 'day' end;
  end loop;
  -- A day may lie in a month or year partition that history made earlier.
  if to_regclass(base || '_p' || to_char(here, 'YYYYMM')) is not null or to_regclass(base || '_p' || to_char(here, 'YYYY')) is not null then
    return null;
  end if;
  execute format('create table %I (like %s including all)', name, parent);
  execute format('alter table %s attach partition %I for values from (%L) to (%L)', parent, name,
    lower_bound at time zone zone, (lower_bound + ('1 ' || unit)::interval) at time zone zone);
  return name;
end $$;

-- The clearing side reports the legs of several parties, whose serial numbers may be equal.
alter table leg
  drop constraint leg_pkey,
  add primary key (transaction_key, started_at, reporter_id, party, serial);
