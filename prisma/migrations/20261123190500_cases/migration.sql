-- Cases (docs/decisions/0090): who is on a case is the whole of who may see it. Everything here is read and written through case_member.

create table case_record (
  id                bigint generated always as identity primary key,
  no                text not null default '' unique,
  title             text not null,
  summary           text not null default '',
  status            text not null default 'open',
  opened_by         uuid not null references app_user (id),
  opened_at         timestamptz not null default clock_timestamp(),
  due_at            timestamptz,
  updated_at        timestamptz not null default clock_timestamp(),
  closed_at         timestamptz,
  closing_id        bigint,
  closing_outcome   text,
  constraint case_record_status check (status in ('open', 'in-review', 'closed', 'reopened')),
  constraint case_record_title check (length(title) between 2 and 200),
  constraint case_record_summary check (length(summary) <= 4000),
  constraint case_record_closes_by_two check (
    (status = 'closed') = (closed_at is not null) and (status = 'closed') = (closing_id is not null)
    and (status = 'closed') = (closing_outcome is not null) and coalesce(closing_outcome, 'closed') = 'closed')
);
create index case_record_by_time on case_record (updated_at desc, id desc);

-- The number that people say: its year is the business year.
create function number_case() returns trigger language plpgsql as $$
begin
  new.no := 'C-' || to_char(new.opened_at at time zone 'Asia/Shanghai', 'YYYY') || '-'
    || case when new.id < 10000 then lpad(new.id::text, 4, '0') else new.id::text end;
  return new;
end $$;
create trigger case_record_is_numbered before insert on case_record for each row execute function number_case();

create table case_member (
  case_id           bigint not null references case_record (id) on delete cascade,
  user_id           uuid not null references app_user (id),
  part              text not null,
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  primary key (case_id, user_id),
  constraint case_member_part check (part in ('lead', 'member', 'supervisor'))
);
create unique index case_member_one_lead on case_member (case_id) where part = 'lead';
create unique index case_member_one_supervisor on case_member (case_id) where part = 'supervisor';
create index case_member_by_user on case_member (user_id, case_id);

-- One person proposes, another decides; the hash says about which content, and is taken anew by whoever decides.
create table case_closing (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id) on delete cascade,
  finding           text not null,
  conclusion        text not null,
  content_hash      text not null,
  proposed_by       uuid not null references app_user (id),
  proposed_at       timestamptz not null,
  outcome           text not null default 'proposed',
  decided_by        uuid references app_user (id),
  decided_at        timestamptz,
  decided_hash      text,
  reason            text,
  constraint case_closing_finding check (finding in ('substantiated', 'unsubstantiated', 'referred', 'no-action')),
  constraint case_closing_outcome check (outcome in ('proposed', 'closed', 'rejected', 'withdrawn', 'outdated')),
  constraint case_closing_is_decided check ((outcome = 'proposed') = (decided_at is null) and (outcome = 'proposed') = (decided_by is null)),
  constraint case_closing_takes_two_people check (outcome not in ('closed', 'rejected') or decided_by <> proposed_by),
  constraint case_closing_is_of_one_content check (outcome <> 'closed' or (decided_hash is not null and decided_hash = content_hash)),
  unique (id, case_id, outcome)
);
create unique index case_closing_one_at_a_time on case_closing (case_id) where outcome = 'proposed';
create index case_closing_by_case on case_closing (case_id, id);
alter table case_record add constraint case_record_closed_by
  foreign key (closing_id, id, closing_outcome) references case_closing (id, case_id, outcome);

create table case_transaction (
  case_id           bigint not null references case_record (id) on delete cascade,
  transaction_key   uuid not null,
  accepted_at       timestamptz not null,
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  primary key (case_id, transaction_key)
);
create index case_transaction_by_key on case_transaction (transaction_key);

create table case_alert (
  case_id           bigint not null references case_record (id) on delete cascade,
  alert_id          bigint not null references alert (id),
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  primary key (case_id, alert_id)
);
create index case_alert_by_alert on case_alert (alert_id);

-- What a trace answered when it was taken: the question, the answer as data, and its SHA-256.
create table case_trace (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id) on delete cascade,
  title             text not null,
  address           text not null,
  snapshot          jsonb not null,
  sha256            text not null,
  as_of             timestamptz,
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  constraint case_trace_title check (length(title) between 1 and 200),
  constraint case_trace_address check (length(address) <= 20000),
  constraint case_trace_sha256 check (sha256 ~ '^[0-9a-f]{64}$')
);
create index case_trace_by_case on case_trace (case_id, id);

create table case_note (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id) on delete cascade,
  text              text not null,
  written_by        uuid not null references app_user (id),
  written_at        timestamptz not null default clock_timestamp(),
  constraint case_note_text check (length(text) between 1 and 4000)
);
create index case_note_by_case on case_note (case_id, id);

-- A step is one of the house's own (step) or one that somebody wrote (text).
create table case_check (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id) on delete cascade,
  step              text,
  text              text,
  done_by           uuid references app_user (id),
  done_at           timestamptz,
  constraint case_check_says_what check ((step is null) <> (text is null) and length(text) between 1 and 200),
  constraint case_check_is_done_by_somebody check ((done_by is null) = (done_at is null))
);
create unique index case_check_step_once on case_check (case_id, step) where step is not null;
create index case_check_by_case on case_check (case_id, id);

create table case_file (
  id                uuid primary key default gen_random_uuid(),
  case_id           bigint not null references case_record (id) on delete cascade,
  name              text not null,
  kind              text not null,
  bytes             integer not null,
  sha256            text not null,
  description       text not null default '',
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  constraint case_file_name check (length(name) between 1 and 200),
  constraint case_file_description check (length(description) <= 500),
  constraint case_file_bytes check (bytes between 1 and 26214400),
  constraint case_file_sha256 check (sha256 ~ '^[0-9a-f]{64}$')
);
create unique index case_file_once on case_file (case_id, sha256);

create table case_file_part (
  file_id           uuid not null references case_file (id) on delete cascade,
  part              integer not null,
  bytes             bytea not null,
  primary key (file_id, part)
);

-- Institutions that concern a case beyond those of its payments and alerts.
create table case_institution (
  case_id           bigint not null references case_record (id) on delete cascade,
  institution_id    integer not null references institution (id),
  added_by          uuid not null references app_user (id),
  added_at          timestamptz not null default clock_timestamp(),
  primary key (case_id, institution_id)
);

-- Everything that happened, as it happened.
create table case_event (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id) on delete cascade,
  at                timestamptz not null default clock_timestamp(),
  actor_id          uuid not null references app_user (id),
  kind              text not null,
  detail            jsonb not null default '{}'
);
create index case_event_by_case on case_event (case_id, id);

-- One person places a hold; one asks to lift it and another one lifts it.
create table case_hold (
  id                bigint generated always as identity primary key,
  case_id           bigint not null references case_record (id),
  reason            text not null,
  placed_by         uuid not null references app_user (id),
  placed_at         timestamptz not null default clock_timestamp(),
  lift_asked_by     uuid references app_user (id),
  lift_asked_at     timestamptz,
  lift_reason       text,
  lifted_by         uuid references app_user (id),
  lifted_at         timestamptz,
  constraint case_hold_reason check (length(reason) between 2 and 500),
  constraint case_hold_lift_is_asked check (
    (lift_asked_by is null) = (lift_asked_at is null) and (lift_asked_by is null) = (lift_reason is null)),
  constraint case_hold_lift_takes_two_people check (
    (lifted_by is null) = (lifted_at is null) and (lifted_by is null or (lift_asked_by is not null and lifted_by <> lift_asked_by)))
);
create unique index case_hold_one_at_a_time on case_hold (case_id) where lifted_at is null;
create index case_hold_by_case on case_hold (case_id, id);

-- What belongs to a case changes only while it is worked on, and nothing of a held case goes, whoever asks.
create function guard_case_content() returns trigger language plpgsql as $$
declare
  of_case bigint := case when tg_op = 'DELETE' then old.case_id else new.case_id end;
  stands text;
begin
  -- Share-locked: a proposal that is being made counts this row or refuses it.
  select status into stands from case_record where id = of_case for share;
  if tg_op = 'DELETE' then
    if stands is null then return old; end if;
    if exists (select from case_hold where case_id = of_case and lifted_at is null) then
      raise exception 'case % is under legal hold', of_case using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  if stands in ('in-review', 'closed') then
    raise exception 'case % is %, its content does not change', of_case, stands using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger case_transaction_guard before insert or update or delete on case_transaction for each row execute function guard_case_content();
create trigger case_alert_guard before insert or update or delete on case_alert for each row execute function guard_case_content();
create trigger case_trace_guard before insert or delete on case_trace for each row execute function guard_case_content();
create trigger case_note_guard before insert or delete on case_note for each row execute function guard_case_content();
create trigger case_check_guard before insert or update or delete on case_check for each row execute function guard_case_content();
create trigger case_file_guard before insert or delete on case_file for each row execute function guard_case_content();
create trigger case_institution_guard before insert or update or delete on case_institution for each row execute function guard_case_content();

create function refuse_case_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'what was written into a case stays as it was written' using errcode = 'integrity_constraint_violation';
end $$;
create trigger case_trace_stays before update on case_trace for each row execute function refuse_case_rewriting();
create trigger case_note_stays before update on case_note for each row execute function refuse_case_rewriting();
create trigger case_file_stays before update on case_file for each row execute function refuse_case_rewriting();
create trigger case_file_part_stays before update on case_file_part for each row execute function refuse_case_rewriting();
create trigger case_event_stays before update on case_event for each row execute function refuse_case_rewriting();

-- The timeline and the bytes of files go with their case and file, never by themselves.
create function keep_with_case() returns trigger language plpgsql as $$
begin
  if exists (select from case_record where id = old.case_id) then
    raise exception 'the timeline of case % is kept with it', old.case_id using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
create trigger case_event_is_kept before delete on case_event for each row execute function keep_with_case();
create trigger case_closing_is_kept before delete on case_closing for each row execute function keep_with_case();
create function keep_with_file() returns trigger language plpgsql as $$
begin
  if exists (select from case_file where id = old.file_id) then
    raise exception 'the bytes of file % are kept with it', old.file_id using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
create trigger case_file_part_is_kept before delete on case_file_part for each row execute function keep_with_file();

create function guard_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select from case_hold where case_id = old.id and lifted_at is null) then
      raise exception 'case % is under legal hold', old.no using errcode = 'integrity_constraint_violation';
    end if;
    delete from case_hold where case_id = old.id;
    return old;
  end if;
  if new.no <> old.no or new.opened_at <> old.opened_at or new.opened_by <> old.opened_by then
    raise exception 'who opened case %, and when, stays', old.no using errcode = 'integrity_constraint_violation';
  end if;
  if old.status in ('in-review', 'closed') and (new.title, new.summary) is distinct from (old.title, old.summary) then
    raise exception 'case % is %, its content does not change', old.no, old.status using errcode = 'integrity_constraint_violation';
  end if;
  if new.status <> old.status and (old.status, new.status) not in (
    ('open', 'in-review'), ('reopened', 'in-review'), ('in-review', 'open'), ('in-review', 'reopened'), ('in-review', 'closed'),
    ('closed', 'reopened')) then
    raise exception 'case % does not go from % to %', old.no, old.status, new.status using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger case_record_guard before update or delete on case_record for each row execute function guard_case();

create function guard_case_hold() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.lifted_at is null then
    raise exception 'case % is under legal hold', old.case_id using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'UPDATE' and (old.lifted_at is not null or (new.case_id, new.reason, new.placed_by, new.placed_at)
      is distinct from (old.case_id, old.reason, old.placed_by, old.placed_at)) then
    raise exception 'a legal hold stays as it was placed' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger case_hold_guard before update or delete on case_hold for each row execute function guard_case_hold();

create function refuse_case_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'cases are not emptied' using errcode = 'integrity_constraint_violation';
end $$;
create trigger case_record_no_truncate before truncate on case_record for each statement execute function refuse_case_truncate();
create trigger case_hold_no_truncate before truncate on case_hold for each statement execute function refuse_case_truncate();
create trigger case_file_no_truncate before truncate on case_file for each statement execute function refuse_case_truncate();
create trigger case_file_part_no_truncate before truncate on case_file_part for each statement execute function refuse_case_truncate();
create trigger case_event_no_truncate before truncate on case_event for each statement execute function refuse_case_truncate();
create trigger case_note_no_truncate before truncate on case_note for each statement execute function refuse_case_truncate();
