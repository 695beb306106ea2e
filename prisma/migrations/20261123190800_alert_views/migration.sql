-- A person's own ways of looking at the inbox: a name and the query of an address.
create table alert_view (
  id                bigint generated always as identity primary key,
  user_id           uuid not null references app_user (id),
  name              text not null,
  search            text not null,
  created_at        timestamptz not null default clock_timestamp(),
  unique (user_id, name)
);
