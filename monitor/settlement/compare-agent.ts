import type { ClientBase } from 'pg';
import { type AgentEntry, compareWithAgent } from '@/domain/settlement/agent-comparison';
import { businessDay } from '@/domain/time-range';
import { writeBreaks } from './break-rows';

/** What each session held when it was last compared: one that holds the same still compares the same. */
export type Compared = Map<string, string>;

/**
 * Holds what the settlement agent booked against the net positions of every session that it spoke of and that is not closed, or was closed
 * in the last week, where either has changed since. What disagrees becomes a break, what agrees again is healed. Returns how many sessions
 * that were.
 */
export async function compareAgent(client: ClientBase, nowMs: number, compared: Compared): Promise<number> {
  const { rows } = await client.query<{ no: string; cutOffAt: Date; businessDay: string; stamp: string }>(
    `select s.no, s.cut_off_at as "cutOffAt", s.business_day::text as "businessDay",
       concat_ws(' ', e.entries, e.last, (select concat_ws(' ', count(*), sum(in_count), sum(out_count), sum(in_minor), sum(out_minor))
         from settlement_position p where p.session_no = s.no)) as stamp
     from (select session_no, count(*) as entries, max(received_at) as last from settlement_entry group by session_no) e
     join settlement_session s on s.no = e.session_no
     where s.cut_off_at <= $1
       and (s.closed_at is null or s.closed_at > $1::timestamptz - interval '7 days')
     order by s.no`,
    [new Date(nowMs)],
  );
  const changed = rows.filter(({ no, stamp }) => compared.get(no) !== stamp);
  for (const session of changed) {
    await compareSession(client, session, nowMs);
    compared.set(session.no, session.stamp);
  }
  return changed.length;
}

async function compareSession(
  client: ClientBase,
  session: { no: string; cutOffAt: Date; businessDay: string },
  nowMs: number,
): Promise<void> {
  await client.query('begin');
  try {
    const positions = await client.query<{ institutionId: number; currency: string; net: string }>(
      `select institution_id as "institutionId", currency, (in_minor - out_minor)::text as net
       from settlement_position
       where session_no = $1`,
      [session.no],
    );
    const entries = await client.query<Omit<AgentEntry, 'netMinor'> & { net: string }>(
      `select institution_id as "institutionId", currency, net_minor::text as net, status, reversal, reference,
         date_part('epoch', booked_at) * 1000 as "bookedAtMs", value_date::text as "valueDate"
       from settlement_entry
       where session_no = $1`,
      [session.no],
    );
    const { breaks } = compareWithAgent({
      positions: positions.rows.map(({ net, ...rest }) => ({ ...rest, netMinor: BigInt(net) })),
      entries: entries.rows.map(({ net, ...rest }) => ({ ...rest, netMinor: BigInt(net) })),
      cutOffAtMs: session.cutOffAt.getTime(),
      valueDates: [session.businessDay, businessDay(session.cutOffAt)],
    });
    const standing = await writeBreaks(
      client,
      breaks.map((each) => ({ ...each, sessionNo: session.no, origin: 'agent', party: null, transactionKey: null, acceptedAt: null })),
      nowMs,
    );
    await client.query(
      `update settlement_break
       set healed_at = $3
       where origin = 'agent' and session_no = $1 and resolved_at is null and healed_at is null and fingerprint <> all($2::text[])`,
      [session.no, standing, new Date(nowMs)],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
