import pg, { type ClientBase } from 'pg';
import type { LegFact, PaymentFact } from '@/domain/clearing/rollup';
import type { BusinessType, HeartbeatLayer, LegParty, Route, TransactionStatus } from '@/domain/clearing/transaction';
import type { LineDirection } from '@/domain/connectivity/line-health';
import type { HeartbeatFact } from './consumer';

type Row = readonly (string | null)[];

// Rows are read by the million: as text, by position, each handed over as it comes, so that none of them lives long.
const RAW = { getTypeParser: () => (value: string) => value };

/** Runs a query and hands over every row as it arrives; memory does not grow with the batch. Rejects with what `onRow` throws. */
export function readRows(client: ClientBase, sql: string, parameters: readonly unknown[], onRow: (row: Row) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let fault: unknown;
    const query = new pg.Query({ text: sql, values: [...parameters], rowMode: 'array', types: RAW } as pg.QueryConfig);
    // With somebody listening for them, the driver keeps no rows.
    query.on('row', (row: unknown) => {
      if (fault !== undefined) return;
      try {
        onRow(row as Row);
        count += 1;
      } catch (error) {
        fault = error ?? new Error('a row could not be taken');
      }
    });
    query.on('error', reject);
    query.on('end', () => (fault === undefined ? resolve(count) : reject(fault)));
    client.query(query);
  });
}

/** Columns of a `clearing_transaction t` that make a PaymentFact. Epoch seconds as doubles are exact to a quarter of a microsecond. */
export const PAYMENT_COLUMNS = `date_part('epoch', t.accepted_at), t.currency, t.business_type, t.route, t.payer_institution_id,
  t.intermediary_institution_id, t.payee_institution_id, t.amount_minor`;
const PAYMENT_WIDTH = 8;

export function paymentOf(row: Row): PaymentFact {
  return {
    acceptedAtMs: Number(row[0]) * 1000,
    currency: row[1] as string,
    businessType: row[2] as BusinessType,
    route: row[3] as Route,
    payerId: Number(row[4]),
    intermediaryId: row[5] === null ? null : Number(row[5]),
    payeeId: Number(row[6]),
    amountMinor: BigInt(row[7] as string),
  };
}

/** Columns after a payment's: its status and how long its answer took. */
export const ANSWER_COLUMNS = `t.status, date_part('epoch', t.responded_at - t.accepted_at) * 1000`;

export function answerOf(row: Row): { status: TransactionStatus; latencyMs: number | null } {
  const latency = row[PAYMENT_WIDTH + 1];
  return { status: row[PAYMENT_WIDTH] as TransactionStatus, latencyMs: latency == null ? null : Number(latency) };
}

/** Columns after a payment's: one move of a `transaction_outcome o`. */
export const MOVE_COLUMNS = 'o.from_status, o.to_status';

export function moveOf(row: Row): { from: TransactionStatus; to: TransactionStatus } {
  return { from: row[PAYMENT_WIDTH] as TransactionStatus, to: row[PAYMENT_WIDTH + 1] as TransactionStatus };
}

export const LEG_COLUMNS = `date_part('epoch', l.started_at), date_part('epoch', l.ended_at), l.institution_id, l.party`;

export function legOf(row: Row): LegFact {
  return {
    startedAtMs: Number(row[0]) * 1000,
    endedAtMs: Number(row[1]) * 1000,
    institutionId: Number(row[2]),
    party: row[3] as LegParty,
  };
}

export const HEARTBEAT_COLUMNS = `h.institution_id, h.line, h.layer, date_part('epoch', h.sent_at), h.ok, h.detail, h.direction, h.latency_ms`;

export function heartbeatOf(row: Row): HeartbeatFact {
  return {
    institutionId: Number(row[0]),
    line: row[1] as string,
    layer: row[2] as HeartbeatLayer,
    sentAtMs: Number(row[3]) * 1000,
    ok: row[4] === 't',
    detail: row[5] ?? null,
    direction: row[6] as LineDirection,
    latencyMs: row[7] === null ? null : Number(row[7]),
  };
}
