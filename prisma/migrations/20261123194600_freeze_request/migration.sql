-- Requests to an institution to freeze what is left of traced money in an account, with the clock of the answer. Local to the coordinator.
create table freeze_request (
  id                uuid primary key default gen_random_uuid(),
  institution_id    integer not null,
  account           uuid not null,
  currency          text not null,
  -- What the trace started from and what it said is left: least and most over FIFO, LIFO and pro-rata.
  traced_from       text not null,
  residual_low_minor  bigint not null,
  residual_high_minor bigint not null,
  as_of             timestamptz not null,
  reason            text not null,
  status            text not null default 'asked',
  frozen_minor      bigint,
  answer_note       text,
  asked_by          uuid not null references app_user (id),
  asked_at          timestamptz not null,
  due_at            timestamptz not null,
  acknowledged_at   timestamptz,
  answered_at       timestamptz,
  constraint freeze_request_status check (status in ('asked', 'acknowledged', 'frozen', 'refused')),
  constraint freeze_request_residual check (residual_low_minor >= 0 and residual_high_minor >= residual_low_minor and residual_high_minor > 0),
  constraint freeze_request_due check (due_at > asked_at),
  constraint freeze_request_frozen check ((status = 'frozen') = (frozen_minor is not null)),
  constraint freeze_request_frozen_amount check (frozen_minor > 0),
  constraint freeze_request_answered check ((status in ('frozen', 'refused')) = (answered_at is not null))
);
create index freeze_request_by_institution on freeze_request (institution_id, asked_at);
create index freeze_request_by_account on freeze_request (account, asked_at);
