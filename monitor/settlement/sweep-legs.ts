import type { ClientBase } from 'pg';
import * as z from 'zod';
import { LEG_PARTIES, LEG_STATUSES, ROUTES, TRANSACTION_STATUSES } from '@/domain/clearing/transaction';
import type { BreakKind } from '@/domain/settlement/break-kinds';
import type { SessionCalendar } from '@/domain/settlement/session-calendar';
import { LEG_GRACE_MS, paymentChain } from '@/domain/tracing/payment-chain';
import type { ChainBreak } from '@/domain/tracing/payment-chain-breaks';
import { type FoundBreak, writeBreaks } from './break-rows';
import { readCalendar } from './schedules';
import { makeSessions } from './session-rows';

const MINUTES_AT_ONCE = 60;
const Kind = z.enum(['bank', 'payment', 'clearing', 'external']);
const Leg = z.object({
  party: z.enum(LEG_PARTIES),
  institutionId: z.int(),
  reporterId: z.int(),
  serial: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  postedAtMs: z.number().nullable(),
  valueDate: z.string().nullable(),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  status: z.enum(LEG_STATUSES),
});
const Suspect = z.object({
  key: z.string(),
  acceptedAt: z.string(),
  acceptedAtMs: z.number(),
  status: z.enum(TRANSACTION_STATUSES),
  route: z.enum(ROUTES),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  payerId: z.int(),
  payerKind: Kind,
  betweenId: z.int().nullable(),
  betweenKind: Kind.nullable(),
  payeeId: z.int(),
  payeeKind: Kind,
  wentBack: z.boolean(),
  takenNo: z.string().nullable(),
  legs: z.array(Leg),
});
type Suspect = z.infer<typeof Suspect>;

/**
 * Holds the parties' legs of the oldest minutes that wait against their cleared payments, once the grace for legs is over. What disagrees
 * becomes a break, what agrees again is healed. Marks and breaks move in one transaction. Returns how many minutes that were.
 */
export async function sweepLegs(
  client: ClientBase,
  { dataAtMs, nowMs }: { readonly dataAtMs: number; readonly nowMs: number },
): Promise<number> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ minute: Date }>(
      `delete from settlement_unswept
       where minute in (
         select minute from settlement_unswept where minute < $1 order by minute limit $2 for update skip locked)
       returning minute`,
      [new Date(dataAtMs - LEG_GRACE_MS - 60_000), MINUTES_AT_ONCE],
    );
    const calendar = await readCalendar(client);
    const minutes = rows.map(({ minute }) => minute).sort((a, b) => a.getTime() - b.getTime());
    for (const span of spansOf(minutes)) await sweepSpan(client, span, { calendar, dataAtMs, nowMs });
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

type Sweep = { readonly calendar: SessionCalendar; readonly dataAtMs: number; readonly nowMs: number };

type Span = { readonly from: Date; to: Date };

// Minutes that follow each other are read at once.
function spansOf(minutes: readonly Date[]): readonly Span[] {
  const spans: Span[] = [];
  for (const minute of minutes) {
    const next = new Date(minute.getTime() + 60_000);
    const last = spans.at(-1);
    if (last && last.to.getTime() === minute.getTime()) last.to = next;
    else spans.push({ from: minute, to: next });
  }
  return spans;
}

async function sweepSpan(client: ClientBase, { from, to }: Span, { calendar, dataAtMs, nowMs }: Sweep): Promise<void> {
  const found: FoundBreak[] = [];
  for (const suspect of await suspects(client, from, to)) {
    const home = calendar.sessionAt(suspect.acceptedAtMs);
    const breaks = breaksOf(suspect, dataAtMs, suspect.takenNo ?? home.no);
    if (breaks.length > 0 && suspect.takenNo === null) await makeSessions(client, [home]);
    found.push(...breaks);
  }
  const standing = await writeBreaks(client, found, nowMs);
  await client.query(
    `update settlement_break
     set healed_at = $4
     where origin = 'party' and accepted_at >= $1 and accepted_at < $2
       and resolved_at is null and healed_at is null and fingerprint <> all($3::text[])`,
    [from, to, standing, new Date(nowMs)],
  );
}

// The database leaves out what plainly agrees: as many parties as the payment must have passed, one record each, all saying the same.
async function suspects(client: ClientBase, from: Date, to: Date): Promise<readonly Suspect[]> {
  const { rows } = await client.query<{ key: string }>(
    `select t.transaction_key::text as key, to_json(t.accepted_at) #>> '{}' as "acceptedAt",
       date_part('epoch', t.accepted_at) * 1000 as "acceptedAtMs", t.status, t.route, t.amount_minor::text as "amountMinor", t.currency,
       payer.id as "payerId", payer.kind as "payerKind", between_.id as "betweenId", between_.kind as "betweenKind",
       payee.id as "payeeId", payee.kind as "payeeKind",
       json_agg(json_build_object('party', l.party, 'institutionId', l.institution_id, 'reporterId', l.reporter_id, 'serial', l.serial,
         'startedAtMs', date_part('epoch', l.started_at) * 1000, 'endedAtMs', date_part('epoch', l.ended_at) * 1000,
         'postedAtMs', date_part('epoch', l.posted_at) * 1000, 'valueDate', l.value_date, 'amountMinor', l.amount_minor::text,
         'currency', l.currency, 'status', l.status)) as legs
     from clearing_transaction t
     join leg l on l.transaction_key = t.transaction_key
     join institution payer on payer.id = t.payer_institution_id
     join institution payee on payee.id = t.payee_institution_id
     left join institution between_ on between_.id = t.intermediary_institution_id
     where t.accepted_at >= $1 and t.accepted_at < $2 and t.route = 'cleared'
       and l.started_at >= $1::timestamptz - interval '1 hour'
       and l.started_at < $2::timestamptz + interval '1 day'
     group by t.transaction_key, t.accepted_at, t.status, t.route, t.amount_minor, t.currency, payer.id, payer.kind, between_.id,
       between_.kind, payee.id, payee.kind
     having bool_or(l.amount_minor <> t.amount_minor or l.currency <> t.currency)
       or count(*) <> count(distinct l.party)
       or count(distinct l.value_date) > 1
       or max(l.posted_at) filter (where l.status = 'debited') > min(l.posted_at) filter (where l.status = 'credited')
       or (t.status = 'succeeded'
         and (bool_or(l.status not in ('debited', 'credited', 'succeeded', 'unknown'))
           or count(distinct l.party) < 3 + (between_.id is not null and payee.kind = 'bank')::integer))
       or (t.status in ('declined', 'failed') and bool_or(l.status in ('debited', 'credited', 'succeeded')))`,
    [from, to],
  );
  if (rows.length === 0) return [];
  const { wentBack, takenNo } = await aftermath(client, rows);
  return z.array(Suspect).parse(rows.map((row) => ({ ...row, wentBack: wentBack.has(row.key), takenNo: takenNo.get(row.key) ?? null })));
}

/** What became of payments later: money that went back, and the session that took them where their own was closed. By key, so few are asked. */
async function aftermath(
  client: ClientBase,
  payments: readonly { readonly key: string }[],
): Promise<{ readonly wentBack: ReadonlySet<string>; readonly takenNo: ReadonlyMap<string, string> }> {
  const keys = [payments.map(({ key }) => key)];
  const returned = await client.query<{ key: string }>(
    `select transaction_key::text as key from transaction_outcome where transaction_key = any($1::uuid[]) and kind = 'returned'`,
    keys,
  );
  const refunded = await client.query<{ key: string }>(
    `select original_transaction_key::text as key from clearing_transaction
     where original_transaction_key = any($1::uuid[]) and status = 'succeeded'`,
    keys,
  );
  const taken = await client.query<{ key: string; no: string }>(
    `select transaction_key::text as key, taken_no as no from settlement_late where transaction_key = any($1::uuid[]) and sign = 1 order by id`,
    keys,
  );
  return {
    wentBack: new Set([...returned.rows, ...refunded.rows].map(({ key }) => key)),
    // The newest wins.
    takenNo: new Map(taken.rows.map(({ key, no }) => [key, no])),
  };
}

function breaksOf(suspect: Suspect, dataAtMs: number, sessionNo: string): readonly FoundBreak[] {
  const { key, acceptedAt, payerId, payerKind, payeeId, payeeKind, betweenId, betweenKind, legs, takenNo: _, ...payment } = suspect;
  const chain = paymentChain(
    {
      ...payment,
      payer: { id: payerId, kind: payerKind },
      intermediary: betweenId === null || betweenKind === null ? null : { id: betweenId, kind: betweenKind },
      payee: { id: payeeId, kind: payeeKind },
    },
    legs,
    dataAtMs,
  );
  return chain.breaks.map((each) => ({
    sessionNo,
    origin: 'party' as const,
    institutionId: each.institutionId,
    party: each.party,
    currency: payment.currency,
    transactionKey: key,
    acceptedAt,
    reference: each.kind === 'missing' ? null : each.serial,
    ...differenceOf(each, payment.amountMinor),
  }));
}

type Difference = Pick<FoundBreak, 'kind' | 'expected' | 'found' | 'expectedMinor' | 'foundMinor'>;

function differenceOf(each: ChainBreak, amountMinor: bigint): Difference {
  const none = { expected: null, found: null, expectedMinor: null, foundMinor: null };
  const money = (kind: BreakKind, foundMinor: bigint | null) => ({ ...none, kind, expectedMinor: amountMinor, foundMinor });
  switch (each.kind) {
    case 'missing':
      return money('missing', null);
    case 'duplicate':
      return money('duplicate', amountMinor * BigInt(each.times));
    case 'amount':
      return money('amount', each.recordedMinor);
    case 'currency':
      return { ...none, kind: 'amount', expected: each.expected, found: each.recorded, expectedMinor: amountMinor };
    case 'status':
      return { ...money('status', null), expected: each.expected, found: each.recorded };
    case 'date-cut':
      return { ...none, kind: 'date-cut', expected: each.expected, found: each.recorded };
    case 'order':
      return { ...none, kind: 'order', found: `${Math.round(each.earlyMs)}` };
  }
}
