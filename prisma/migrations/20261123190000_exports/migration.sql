-- Exports: what somebody asked to take out, who else allowed it, and the files until they expire. Written by the console (asking, deciding)
-- and the monitor (everything else). All of it stays on the coordinator of a cluster.

create table export_setting (
  id                integer primary key default 1 check (id = 1),
  -- More rows than this, and anything unmasked, take a second person.
  approval_rows     bigint not null default 10000 check (approval_rows >= 0),
  keep_days         integer not null default 7 check (keep_days between 1 and 90),
  changed_at        timestamptz not null default now(),
  changed_by        uuid references app_user (id)
);
insert into export_setting default values;

create table export_job (
  id                uuid primary key default gen_random_uuid(),
  state             text not null check (state in
    ('asked', 'queued', 'writing', 'sheets', 'sealing', 'proving', 'ready', 'declined', 'cancelled', 'failed', 'expired')),
  -- Canonical JSON of what is asked and of which moment, and its SHA-256: what was asked is what is approved and what is written.
  question          text not null,
  question_digest   bytea not null,
  kind              text not null,
  masking           text not null check (masking in ('masked', 'open')),
  purpose           text not null,
  needs_approval    boolean not null,
  promised_rows     bigint not null check (promised_rows >= 0),
  requested_by      uuid not null references app_user (id),
  requested_at      timestamptz not null,
  -- Whose rows these are alone; null for the whole platform's.
  institution_id    integer references institution (id),
  decided_by        uuid references app_user (id),
  decided_at        timestamptz,
  decision_note     text,
  decided_digest    bytea,
  -- The monitor's place in the work.
  delivered_rows    bigint not null default 0,
  place             text,
  pieces            integer not null default 0,
  fault             text,
  manifest          text,
  audit_event_id    bigint references audit_event (id),
  bundle_bytes      bigint,
  ready_at          timestamptz,
  expires_at        timestamptz,
  updated_at        timestamptz not null default clock_timestamp(),
  constraint export_open_needs_approval check (masking = 'masked' or needs_approval),
  constraint export_takes_two_people check (decided_by is null or decided_by <> requested_by),
  constraint export_is_what_was_approved check (decided_digest is null or decided_digest = question_digest),
  constraint export_waits_for_approval check (
    not needs_approval
    or state in ('asked', 'declined', 'cancelled')
    or (decided_by is not null and decided_at is not null and decided_digest is not null)),
  constraint export_ready_is_whole check (
    state <> 'ready' or (manifest is not null and audit_event_id is not null and bundle_bytes is not null and delivered_rows = promised_rows)),
  constraint export_ready_expires check (state <> 'ready' or expires_at > ready_at)
);
create index export_job_by_time on export_job (requested_at desc, id desc);
create index export_job_at_work on export_job (requested_at, id) where state in ('queued', 'writing', 'sheets', 'sealing', 'proving');
create index export_job_expiring on export_job (expires_at) where state = 'ready';

create table export_file (
  job_id            uuid not null references export_job (id),
  no                integer not null,
  name              text not null,
  rows              bigint,
  bytes             bigint not null,
  sha256            text not null,
  crc32             bigint not null,
  primary key (job_id, no),
  unique (job_id, name)
);
create table export_piece (
  job_id            uuid not null references export_job (id),
  file_no           integer not null,
  piece_no          integer not null,
  content           bytea not null,
  primary key (job_id, file_no, piece_no)
);
