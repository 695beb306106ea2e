import type { ClientBase } from 'pg';
import { DAY_MS } from '@/domain/time-range';
import { BOOKS_WATERMARK } from '../follow';
import { type Compared, compareAgent } from './compare-agent';
import { measureFinality } from './measure-finality';
import { sweepLegs } from './sweep-legs';

/** Minutes serve the way through a session; after it is closed, its positions say enough. */
const MINUTES_KEPT_MS = 7 * DAY_MS;

export type Settled = { readonly sweptMinutes: number; readonly comparedSessions: number; readonly measuredSessions: number };

/** One round of what is derived beside the booking: breaks from legs and from the agent, finality. The client must be in no transaction. */
export async function settleOnce(client: ClientBase, nowMs: number, compared: Compared = new Map()): Promise<Settled> {
  const { rows } = await client.query<{ dataAt: Date | null }>('select data_at as "dataAt" from monitor_watermark where name = $1', [
    BOOKS_WATERMARK,
  ]);
  const dataAtMs = rows[0]?.dataAt?.getTime();
  const sweptMinutes = dataAtMs === undefined ? 0 : await sweepLegs(client, { dataAtMs, nowMs });
  const comparedSessions = await compareAgent(client, nowMs, compared);
  const measuredSessions = await measureFinality(client, nowMs);
  await client.query(
    `delete from settlement_minute m
     using settlement_session s
     where s.no = m.session_no and s.closed_at < $1`,
    [new Date(nowMs - MINUTES_KEPT_MS)],
  );
  return { sweptMinutes, comparedSessions, measuredSessions };
}
