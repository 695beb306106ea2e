-- Detection: alerts and what became of them, versions of rules, and what the detector keeps of itself (docs/decisions/0080).
-- The detector writes what was seen, people write what they decide; neither touches the other's columns.
-- All of it stays on the coordinator of a cluster: tens of alerts in ten thousand payments are few.

create table alert (
  id                bigint generated always as identity primary key,
  -- The detector's own name of it: written twice, it is the same alert.
  key               text not null unique,
  source            text not null,
  rule_id           text not null,
  rule_version      integer not null,
  subject_type      text not null,
  subject_id        text not null,
  institution_id    integer references institution (id),
  severity          text not null,
  score             real not null,
  -- Null where the payments are of several currencies, which are never added together.
  currency          text,
  amount_minor      bigint not null default 0,
  transaction_count integer not null default 0,
  folded_count      integer not null default 0,
  opened_at         timestamptz not null,
  updated_at        timestamptz not null,
  raised_at         timestamptz not null default clock_timestamp(),
  -- It grew after somebody had disposed of it.
  grown_since       timestamptz,
  detail            jsonb not null default '{}',
  -- From here on people's.
  state             text not null default 'open',
  assigned_to       uuid references app_user (id),
  snoozed_until     timestamptz,
  due_at            timestamptz,
  disposition_reason text,
  disposed_by       uuid references app_user (id),
  disposed_at       timestamptz,
  duplicate_of      bigint references alert (id),
  version           integer not null default 1,
  constraint alert_source check (source in ('typology', 'rule', 'statistic')),
  constraint alert_subject check (subject_type in ('account', 'institution', 'pair', 'merchant', 'terminal', 'platform')),
  constraint alert_severity check (severity in ('high', 'medium', 'low')),
  constraint alert_state check (state in ('open', 'accepted', 'duplicate', 'dismissed', 'escalated')),
  constraint alert_is_disposed check ((state = 'open') = (disposed_at is null) and (disposed_at is null) = (disposed_by is null)),
  constraint alert_duplicate_of_another check ((state = 'duplicate') = (duplicate_of is not null) and duplicate_of is distinct from id)
);
create index alert_open_by_time on alert (opened_at desc, id desc) where state = 'open';
create index alert_open_by_severity on alert (severity, opened_at desc, id desc) where state = 'open';
create index alert_open_by_score on alert (score desc, id desc) where state = 'open';
create index alert_open_by_due on alert (due_at, id) where state = 'open' and due_at is not null;
create index alert_open_by_person on alert (assigned_to, opened_at desc, id desc) where state = 'open';
create index alert_open_by_institution on alert (institution_id, opened_at desc, id desc) where state = 'open';
create index alert_by_rule on alert (rule_id, opened_at desc, id desc);
create index alert_by_subject on alert (subject_type, subject_id, opened_at desc);
create index alert_by_time on alert (opened_at desc, id desc);
create index alert_by_disposition on alert (disposed_at desc, id desc) where disposed_at is not null;

create table alert_transaction (
  alert_id          bigint not null references alert (id),
  transaction_key   uuid not null,
  accepted_at       timestamptz not null,
  primary key (alert_id, transaction_key)
);
create index alert_transaction_by_key on alert_transaction (transaction_key);

-- What happened to an alert, whoever did it; nobody is the platform itself.
create table alert_event (
  id                bigint generated always as identity primary key,
  alert_id          bigint not null references alert (id),
  at                timestamptz not null default clock_timestamp(),
  actor             uuid references app_user (id),
  kind              text not null,
  detail            jsonb not null default '{}'
);
create index alert_event_by_alert on alert_event (alert_id, id);

create function refuse_alert_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history of an alert is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger alert_event_append_only before update or delete on alert_event for each row execute function refuse_alert_event_change();
create trigger alert_event_no_truncate before truncate on alert_event for each statement execute function refuse_alert_event_change();

create table rule_version (
  rule_id           text not null,
  version           integer not null,
  state             text not null default 'draft',
  definition        jsonb not null,
  -- SHA-256 of the canonical definition: what was requested is what is approved.
  payload_hash      text not null,
  approved_hash     text,
  shipped           boolean not null default false,
  effective_from    date not null,
  effective_to      date,
  created_by        uuid references app_user (id),
  created_at        timestamptz not null default now(),
  requested_by      uuid references app_user (id),
  requested_at      timestamptz,
  approved_by       uuid references app_user (id),
  approved_at       timestamptz,
  activated_at      timestamptz,
  retired_at        timestamptz,
  switched_off_at   timestamptz,
  switched_off_reason text,
  primary key (rule_id, version),
  constraint rule_version_state check (state in ('draft', 'requested', 'shadow', 'active', 'retired')),
  constraint rule_version_takes_two_people check (requested_by <> approved_by),
  constraint rule_version_is_what_was_approved check (approved_hash = payload_hash),
  constraint rule_version_is_approved check (state <> 'active' or shipped or (requested_by is not null and approved_by is not null and approved_hash is not null)),
  constraint rule_version_is_switched_off check ((switched_off_at is null) = (switched_off_reason is null))
);
create unique index rule_version_one_active on rule_version (rule_id) where state = 'active';

-- How often a rule was asked, by business day: nothing to be seen and nothing evaluable are not the same.
create table rule_day (
  rule_id           text not null,
  version           integer not null,
  day               date not null,
  clear             bigint not null default 0,
  hits              bigint not null default 0,
  not_evaluable     bigint not null default 0,
  primary key (rule_id, version, day)
);

-- What a version said that runs beside the live one and raises nothing.
create table shadow_outcome (
  rule_id           text not null,
  version           integer not null,
  key               text not null,
  subject_type      text not null,
  subject_id        text not null,
  institution_id    integer,
  outcome           text not null,
  value             text not null,
  transaction_key   uuid not null,
  transaction_count integer not null default 1,
  at                timestamptz not null,
  primary key (rule_id, version, key)
);
create index shadow_outcome_by_time on shadow_outcome (rule_id, version, at desc);

-- A statistical condition that stands: one alert for as long as it does.
create table standing_condition (
  kind              text not null,
  series            text not null,
  alert_key         text not null,
  since             timestamptz not null,
  last_at           timestamptz not null,
  primary key (kind, series)
);

-- What the planted truth of a simulated country says of each detector; written by `headwater measure-detection`.
create table detector_measure (
  source            text not null,
  rule_id           text not null,
  measured_at       timestamptz not null,
  planted           integer not null,
  found             integer not null,
  alerts            integer not null,
  alerts_true       integer not null,
  primary key (source, rule_id, measured_at)
);

-- The detector's own memory. A snapshot holds everything up to the end of one chunk; the log says where the chunks after it ended, so that
-- a restart takes the very same ones again.
create table detection_chunk (
  seq               bigint primary key,
  generation        integer not null,
  xid               xid8 not null,
  batch_id          bigint not null,
  movements         integer not null,
  rules_hash        text not null,
  at                timestamptz not null default clock_timestamp()
);

create table detection_snapshot (
  seq               bigint primary key,
  generation        integer not null,
  xid               xid8 not null,
  batch_id          bigint not null,
  format            text not null,
  byte_length       bigint not null,
  parts             integer not null,
  saved_at          timestamptz not null default clock_timestamp()
);

create table detection_snapshot_part (
  seq               bigint not null references detection_snapshot (seq) on delete cascade,
  part              integer not null,
  bytes             bytea not null,
  primary key (seq, part)
);
