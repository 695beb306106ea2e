-- Connectivity: states by line and direction, their history, incidents, announced stops, certificates, endpoints to probe, contacts.

-- outbound: the platform reaches the institution. inbound: the institution reaches the platform.
create type line_direction as enum ('outbound', 'inbound');
alter table heartbeat add column direction line_direction not null default 'outbound';
alter table heartbeat drop constraint heartbeat_pkey;
alter table heartbeat add primary key (institution_id, line, layer, direction, sent_at);

-- What the monitor remembers of one direction of one line. Written by the monitor only.
create table line_state (
  institution_id    integer not null references institution (id),
  line              text not null,
  direction         line_direction not null,
  state             text not null,
  cause             heartbeat_layer,
  since             timestamptz not null,
  layers            jsonb not null,
  last_beat_at      timestamptz not null,
  primary key (institution_id, line, direction)
);

alter table institution_state add column cause jsonb;

-- An institution's whole past without gaps, from when it was first judged: the rows that every bar and every availability adds up from.
-- source 'reported': told by the clearing institution about the time before it was measured here.
create table state_interval (
  institution_id    integer not null references institution (id),
  from_at           timestamptz not null,
  to_at             timestamptz,
  state             text not null,
  cause             jsonb,
  source            text not null default 'measured',
  constraint state_interval_has_length check (to_at is null or to_at > from_at),
  constraint state_interval_source check (source in ('measured', 'reported')),
  primary key (institution_id, from_at)
);
create unique index state_interval_open on state_interval (institution_id) where to_at is null;
create index state_interval_troubled on state_interval (from_at, institution_id) include (to_at, state) where state <> 'up';

create table incident (
  id                bigint generated always as identity primary key,
  scope             text not null,
  line              text,
  direction         line_direction,
  layer             heartbeat_layer,
  state             text not null,
  detail            text,
  opened_at         timestamptz not null,
  closed_at         timestamptz,
  merged_into       bigint references incident (id),
  acknowledged_at   timestamptz,
  acknowledged_by   uuid references app_user (id),
  note              text,
  constraint incident_scope check (scope in ('line', 'institution')),
  constraint line_incidents_name_their_line check ((scope = 'line') = (line is not null)),
  constraint acknowledged_by_somebody check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index incident_open on incident (opened_at) where closed_at is null;
create index incident_by_time on incident (opened_at desc);

create table incident_member (
  incident_id       bigint not null references incident (id),
  institution_id    integer not null references institution (id),
  from_at           timestamptz not null,
  to_at             timestamptz,
  state             text not null,
  primary key (incident_id, institution_id, from_at)
);
create index incident_member_by_institution on incident_member (institution_id, from_at desc);

-- An announced stop of an institution, of one line of it, or of a line for everybody.
create table planned_window (
  id                bigint generated always as identity primary key,
  institution_id    integer references institution (id),
  line              text,
  from_at           timestamptz not null,
  to_at             timestamptz not null,
  reason            text not null,
  created_at        timestamptz not null default clock_timestamp(),
  created_by        uuid references app_user (id),
  cancelled_at      timestamptz,
  cancelled_by      uuid references app_user (id),
  constraint planned_window_has_length check (to_at > from_at),
  constraint planned_window_is_of_something check (institution_id is not null or line is not null)
);
create index planned_window_by_end on planned_window (to_at);

-- A certificate as it was met on a line. party: whose it is, the server that was reached or the client that called.
create table certificate (
  institution_id    integer not null references institution (id),
  line              text not null,
  party             text not null,
  fingerprint       text not null,
  subject           text not null,
  issuer            text not null,
  not_before        timestamptz not null,
  not_after         timestamptz not null,
  first_seen_at     timestamptz not null,
  last_seen_at      timestamptz not null,
  renewal_asked_at  timestamptz,
  renewal_asked_by  uuid references app_user (id),
  renewal_note      text,
  revoked_at        timestamptz,
  revoked_by        uuid references app_user (id),
  revoked_reason    text,
  constraint certificate_party check (party in ('server', 'client')),
  constraint certificate_has_a_life check (not_after > not_before),
  primary key (institution_id, line, party, fingerprint)
);

-- Where the prober may go: nowhere else.
create table probe_endpoint (
  id                integer generated by default as identity primary key,
  institution_id    integer not null references institution (id),
  line              text not null,
  host              text not null,
  port              integer not null,
  server_name       text not null,
  allowed_addresses text[] not null,
  trusted_ca_pem    text not null,
  client_name       text,
  interval_ms       integer not null default 5000,
  timeout_ms        integer not null default 3000,
  slow_ms           integer not null default 1500,
  disabled_at       timestamptz,
  created_at        timestamptz not null default clock_timestamp(),
  constraint probe_endpoint_port check (port between 1 and 65535),
  constraint probe_endpoint_interval check (interval_ms between 500 and 600000),
  constraint probe_endpoint_timeout check (timeout_ms between 100 and 30000),
  constraint probe_endpoint_is_fenced check (cardinality(allowed_addresses) > 0),
  unique (institution_id, line)
);

create table institution_contact (
  id                integer generated by default as identity primary key,
  institution_id    integer not null references institution (id),
  duty              text not null,
  name_zh           text not null,
  name_en           text not null,
  phone             text,
  email             text,
  hours             text
);
create index institution_contact_by_institution on institution_contact (institution_id);
