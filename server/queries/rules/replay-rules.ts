import 'server-only';
import * as z from 'zod';
import type { Rule } from '@/domain/detection/rules/rule';
import { RuleEvaluator } from '@/domain/detection/rules/rule-evaluator';
import { type RuledPayment, storedFact } from '@/domain/detection/rules/stored-fact';
import type { TimeRange } from '@/domain/time-range';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { Conflict } from '@/server/errors';
import { Prisma } from '@/server/generated/prisma/client';
import { type Actor, requirePermission } from '@/server/session';

/** A replay looks at so many payments at most, and for so long; it says when it stopped before the end. */
export const REPLAY_PAYMENTS_MAX = 200_000;
const REPLAY_MS = 12_000;
const CHUNK = 20_000;

export type Replayed = {
  readonly version: number;
  /** What would have been alerts: one for each group, period and band that was met. */
  readonly alerts: number;
  readonly hits: number;
  readonly clear: number;
  readonly notEvaluable: number;
  /** Fields that were missing, the most often first. */
  readonly missing: readonly { readonly field: string; readonly count: number }[];
  readonly fault: string | null;
};
export type Replay = {
  readonly payments: number;
  /** Set where it ended before the period did: up to here it has looked. */
  readonly endedAt: string | null;
  readonly versions: readonly Replayed[];
  /** Of two versions: alerts that only one of them would have raised. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
};

const Row = z.object({
  key: z.string(),
  at: z.string(),
  acceptedAtMs: z.coerce.number(),
  businessType: z.string(),
  route: z.string(),
  payerAccount: z.string(),
  payeeAccount: z.string(),
  amountMinor: z.coerce.bigint(),
  currency: z.string(),
  merchantId: z.string().nullable(),
  terminalId: z.string().nullable(),
  merchantCategory: z.string().nullable(),
  barcodeTier: z.string().nullable(),
});

/**
 * Puts the stored payments of a period through versions of a rule, in the order of time, as the detector would have. Sums begin with the
 * period: what a year or a lifetime held before it is not known to a replay.
 * Audited. One at a time in a process, as it holds the processor for seconds. Throws Forbidden, Conflict.
 */
export async function replayRules(actor: Actor, asked: { rules: readonly Rule[]; range: TimeRange }): Promise<Replay> {
  requirePermission(actor, 'transactions:view');
  if (isReplaying) throw new Conflict('another replay is running');
  isReplaying = true;
  try {
    const { from, to } = asked.range;
    await recordAudit(database(), actor, {
      action: 'rule.replayed',
      subject: { type: 'rule', id: asked.rules[0]?.id ?? '' },
      detail: { versions: asked.rules.map(({ version }) => version), from: from.toISOString(), to: to.toISOString() },
    });
    return await replayed(actor, asked);
  } finally {
    isReplaying = false;
  }
}

let isReplaying = false;

async function replayed(actor: Actor, { rules, range }: { rules: readonly Rule[]; range: TimeRange }): Promise<Replay> {
  const runs = rules.map((rule) => ({
    rule,
    evaluator: new RuleEvaluator([{ ...rule, effectiveFrom: '1970-01-01', effectiveTo: undefined }]),
    tally: emptyTally(),
  }));
  const began = Date.now();
  let payments = 0;
  let after: { at: string; key: string } | null = null;
  let endedAt: string | null = null;
  for (;;) {
    const rows = await chunkOf(actor, range, after);
    for (const row of rows) for (const run of runs) judge(run, row);
    payments += rows.length;
    const last = rows.at(-1);
    if (rows.length < CHUNK || !last) break;
    after = { at: last.at, key: last.key };
    if (payments < REPLAY_PAYMENTS_MAX && Date.now() - began < REPLAY_MS) continue;
    endedAt = new Date(last.acceptedAtMs).toISOString();
    break;
  }
  const [first, second] = runs.map(({ tally }) => tally.alerts);
  return {
    payments,
    endedAt,
    versions: runs.map(({ rule, tally }) => ({
      version: rule.version,
      alerts: tally.alerts.size,
      hits: tally.hits,
      clear: tally.clear,
      notEvaluable: tally.notEvaluable,
      missing: [...tally.missing].map(([field, count]) => ({ field, count })).sort((a, b) => b.count - a.count),
      fault: tally.fault,
    })),
    onlyFirst: first && second ? [...first].filter((key) => !second.has(key)).length : 0,
    onlySecond: first && second ? [...second].filter((key) => !first.has(key)).length : 0,
  };
}

type Tally = {
  alerts: Set<string>;
  hits: number;
  clear: number;
  notEvaluable: number;
  missing: Map<string, number>;
  fault: string | null;
};
const emptyTally = (): Tally => ({ alerts: new Set(), hits: 0, clear: 0, notEvaluable: 0, missing: new Map(), fault: null });

function judge({ rule, evaluator, tally }: { rule: Rule; evaluator: RuleEvaluator; tally: Tally }, payment: RuledPayment): void {
  const fact = storedFact(payment);
  for (const result of evaluator.take(fact)) {
    if (result.kind === 'clear') tally.clear++;
    else if (result.kind === 'switched-off') tally.fault = result.fault;
    else if (result.kind === 'not-evaluable') {
      tally.notEvaluable++;
      tally.missing.set(result.missing, (tally.missing.get(result.missing) ?? 0) + 1);
    } else {
      tally.hits++;
      const day = new Date(payment.acceptedAtMs + 8 * 3_600_000).toISOString().slice(0, 10);
      const group = rule.window === 'payment' ? payment.key : rule.groupBy.map((field) => String(fact[field])).join(' ');
      tally.alerts.add(`${rule.window === 'business-day' ? day : ''} ${group} ${result.outcome} ${result.reason}`);
    }
  }
}

async function chunkOf(actor: Actor, { from, to }: TimeRange, after: { at: string; key: string } | null) {
  const resumed = after
    ? Prisma.sql`and t.accepted_at >= ${after.at}::timestamptz and (t.accepted_at, t.transaction_key) > (${after.at}::timestamptz, ${after.key}::uuid)`
    : Prisma.empty;
  const own = actor.institutionId;
  return z.array(Row).parse(
    await database().$queryRaw`
      select t.transaction_key::text as key, to_json(t.accepted_at at time zone 'UTC') #>> '{}' || 'Z' as at,
        (date_part('epoch', t.accepted_at) * 1000)::text as "acceptedAtMs", t.business_type::text as "businessType", t.route::text as route,
        t.payer_account::text as "payerAccount", t.payee_account::text as "payeeAccount", t.amount_minor::text as "amountMinor", t.currency,
        t.merchant_id as "merchantId", t.terminal_id as "terminalId", t.merchant_category as "merchantCategory", t.barcode_tier as "barcodeTier"
      from clearing_transaction t
      where t.accepted_at >= ${from}
        and t.accepted_at < ${to}
        and t.status = 'succeeded'
        and (${own === null} or t.payer_institution_id = ${own ?? 0} or t.payee_institution_id = ${own ?? 0})
        ${resumed}
      order by t.accepted_at, t.transaction_key
      limit ${CHUNK}`,
  );
}
