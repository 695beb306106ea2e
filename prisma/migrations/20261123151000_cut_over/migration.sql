-- Cut-over: what banks report of debits, what both sides declare, what the monitor makes of it, and the certificates that rest on it.
-- All of it stays on the coordinator of a cluster: it is small beside the payments, and its triggers need one place.

-- One debit that a bank carried out at the instruction of a payment institution, as the bank reports it. Never changed.
create table bank_debit (
  debit_key         uuid not null,
  debited_at        timestamptz not null,
  batch_id          bigint not null,
  line_no           integer not null,
  serial            text not null,
  bank_id           integer not null,
  institution_id    integer not null,
  business_type     business_type not null,
  amount_minor      bigint not null,
  currency          text not null,
  -- The clearing record that the bank names; none where the instruction came to it directly.
  transaction_key   uuid,
  transaction_id    text,
  agreement_no      text,
  constraint debits_are_positive check (amount_minor > 0),
  primary key (debit_key, debited_at)
) partition by range (debited_at);
create index bank_debit_by_batch on bank_debit (batch_id);
create index bank_debit_by_transaction on bank_debit (transaction_key) where transaction_key is not null;
create index bank_debit_by_cell on bank_debit (institution_id, bank_id, business_type, debited_at);

-- What a bank or a payment institution says of one business day between the two. The newest of a side counts; all are kept.
create table cut_over_declaration (
  declaration_key   uuid primary key,
  batch_id          bigint not null,
  line_no           integer not null,
  message_id        text not null,
  side              text not null check (side in ('institution', 'bank')),
  institution_id    integer not null,
  bank_id           integer not null,
  business_type     business_type not null,
  currency          text not null,
  day               date not null,
  cleared_count     bigint not null,
  cleared_minor     bigint not null,
  direct_count      bigint not null,
  direct_minor      bigint not null,
  direct_interface  text not null check (direct_interface in ('open', 'closed')),
  declared_at       timestamptz not null
);
create index cut_over_declaration_by_cell
  on cut_over_declaration (institution_id, bank_id, business_type, currency, day, side, declared_at desc, declaration_key desc);
create index cut_over_declaration_by_batch on cut_over_declaration (batch_id);
create index cut_over_declaration_by_day on cut_over_declaration (day);

-- Written by the monitor only: whether a debit has its clearing record. A pure function of the debits and the records that are stored.
create table debit_verdict (
  debit_key         uuid primary key,
  debited_at        timestamptz not null,
  bank_id           integer not null,
  institution_id    integer not null,
  business_type     business_type not null,
  currency          text not null,
  amount_minor      bigint not null,
  by_reference      boolean not null,
  verdict           text not null check (verdict in ('matched', 'residual')),
  -- How it was matched, or why it was not.
  reason            text not null,
  transaction_key   uuid,
  accepted_at       timestamptz,
  -- The payment institution and business type of the record: another institution than the debit's is a sign of nesting.
  record_institution_id integer,
  record_business_type business_type,
  constraint matched_verdicts_name_a_record check ((verdict = 'matched') = (transaction_key is not null))
);
-- One record serves one debit at most.
create unique index debit_verdict_by_record on debit_verdict (transaction_key) where transaction_key is not null;
create index debit_verdict_by_cell on debit_verdict (institution_id, bank_id, business_type, debited_at);
create index debit_verdict_by_keys on debit_verdict (bank_id, institution_id, business_type, currency, amount_minor, debited_at) where not by_reference;
create index debit_verdict_residual on debit_verdict (debited_at) where verdict = 'residual';
create index debit_verdict_nested on debit_verdict (record_institution_id, debited_at) where record_institution_id <> institution_id;

-- Sums of one business day of a cell: payment institution × bank × business type × currency.
create table cut_over_day (
  institution_id    integer not null,
  bank_id           integer not null,
  business_type     business_type not null,
  currency          text not null,
  day               date not null,
  -- Succeeded clearing records, by the day of acceptance.
  cleared_count     bigint not null default 0,
  cleared_minor     bigint not null default 0,
  -- Of these, the ones that a bank's debit confirms.
  confirmed_count   bigint not null default 0,
  confirmed_minor   bigint not null default 0,
  -- Payments that their own reporter calls direct.
  direct_count      bigint not null default 0,
  direct_minor      bigint not null default 0,
  -- Debits that the bank reports, by the day of the debit; of these, the ones without a clearing record, and the ones whose record is another institution's.
  debit_count       bigint not null default 0,
  debit_minor       bigint not null default 0,
  residual_count    bigint not null default 0,
  residual_minor    bigint not null default 0,
  nested_count      bigint not null default 0,
  nested_minor      bigint not null default 0,
  primary key (institution_id, bank_id, business_type, currency, day)
) with (fillfactor = 70);
create index cut_over_day_by_day on cut_over_day (day);

-- Migration of a cell through its gates (1, 10, 50, 100 %), as what people did: the state is what follows from these.
create table cut_over_gate_event (
  id                bigint generated always as identity primary key,
  institution_id    integer not null references institution (id),
  bank_id           integer not null references institution (id),
  business_type     business_type not null,
  at                timestamptz not null default clock_timestamp(),
  kind              text not null check (kind in
    ('advance-requested', 'advanced', 'thaw-requested', 'thawed', 'refused', 'withdrawn', 'frozen', 'rolled-back')),
  gate              integer check (gate in (0, 1, 10, 50, 100)),
  actor_id          uuid not null references app_user (id),
  -- Who asked for what is decided here, and the digest of what was asked.
  requested_by      uuid references app_user (id),
  request_digest    bytea,
  note              text not null,
  evidence          jsonb not null default '{}',
  constraint two_people_advance check (kind not in ('advanced', 'thawed') or (requested_by is not null and requested_by <> actor_id and request_digest is not null))
);
create index cut_over_gate_event_by_cell on cut_over_gate_event (institution_id, bank_id, business_type, id);

create function refuse_gate_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was done about a gate is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger cut_over_gate_event_append_only before update or delete on cut_over_gate_event
  for each row execute function refuse_gate_change();
create trigger cut_over_gate_event_no_truncate before truncate on cut_over_gate_event
  for each statement execute function refuse_gate_change();

create table cut_over_certificate (
  id                uuid primary key,
  institution_id    integer not null references institution (id),
  bank_id           integer not null references institution (id),
  business_type     business_type not null,
  currency          text not null,
  day_from          date not null,
  day_to            date not null,
  -- withheld: the data does not prove it. requested → issued or declined, by another person.
  state             text not null check (state in ('withheld', 'requested', 'issued', 'declined')),
  watermark_xid     xid8 not null,
  watermark_batch_id bigint not null,
  -- Canonical JSON of the evidence, as the approver saw it, and its SHA-256.
  evidence          text not null,
  evidence_digest   bytea not null,
  reasons           jsonb not null default '[]',
  requested_by      uuid not null references app_user (id),
  requested_at      timestamptz not null,
  request_note      text not null,
  decided_by        uuid references app_user (id),
  decided_at        timestamptz,
  decision_note     text,
  -- The signed document, byte for byte as it is handed out.
  document          text,
  constraint two_people_certify check (decided_by is null or decided_by <> requested_by),
  constraint decided_certificates_say_who check ((state in ('issued', 'declined')) = (decided_by is not null)),
  constraint issued_certificates_have_a_document check ((state = 'issued') = (document is not null))
);
create index cut_over_certificate_by_cell on cut_over_certificate (institution_id, bank_id, business_type, requested_at desc);
create index cut_over_certificate_by_time on cut_over_certificate (requested_at desc);

create function refuse_certificate_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'requested'
    and row(new.id, new.institution_id, new.bank_id, new.business_type, new.currency, new.day_from, new.day_to, new.evidence, new.evidence_digest,
            new.watermark_xid, new.watermark_batch_id, new.requested_by, new.requested_at)
      is not distinct from
        row(old.id, old.institution_id, old.bank_id, old.business_type, old.currency, old.day_from, old.day_to, old.evidence, old.evidence_digest,
            old.watermark_xid, old.watermark_batch_id, old.requested_by, old.requested_at) then
    return new;
  end if;
  raise exception 'a certificate is never changed once it is decided' using errcode = 'insufficient_privilege';
end $$;
create trigger cut_over_certificate_final before update or delete on cut_over_certificate
  for each row execute function refuse_certificate_change();
create trigger cut_over_certificate_no_truncate before truncate on cut_over_certificate
  for each statement execute function refuse_certificate_change();

-- What an installation that has data already knows of clearing records, up to where its monitor stands: later batches are still to be followed.
insert into cut_over_day (institution_id, bank_id, business_type, currency, day, cleared_count, cleared_minor, direct_count, direct_minor)
select coalesce(case when m.kind = 'payment' then m.id end, case when e.kind = 'payment' then e.id end),
  t.payer_institution_id, t.business_type, t.currency, (t.accepted_at at time zone 'Asia/Shanghai')::date,
  count(*) filter (where t.route = 'cleared'), coalesce(sum(t.amount_minor) filter (where t.route = 'cleared'), 0),
  count(*) filter (where t.route = 'direct'), coalesce(sum(t.amount_minor) filter (where t.route = 'direct'), 0)
from monitor_watermark w
join feed_batch b on (b.xid, b.id) <= (w.xid, w.batch_id)
join clearing_transaction t on t.batch_id = b.id
join institution p on p.id = t.payer_institution_id and p.kind = 'bank'
join institution e on e.id = t.payee_institution_id
left join institution m on m.id = t.intermediary_institution_id
left join lateral (
  select o.from_status
  from transaction_outcome o
  join feed_batch ob on ob.id = o.batch_id
  where o.transaction_key = t.transaction_key
    and o.from_status <> o.to_status
    and (ob.xid, ob.id) > (w.xid, w.batch_id)
  order by ob.xid, ob.id, o.line_no
  limit 1
) ahead on true
where w.name = 'follow'
  and coalesce(ahead.from_status, t.status) = 'succeeded'
  and (m.kind = 'payment' or e.kind = 'payment')
group by 1, 2, 3, 4, 5;
