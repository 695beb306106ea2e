import type { ClientBase } from 'pg';
import { DETECTION_SETTINGS } from '@/domain/detection/detection';
import { adoptAlerts } from '../alerts/adopt-alerts';
import { Engine, type RuleSet } from '../engine';
import { storedPast } from '../feed/past';
import { movePosition, readPosition } from '../feed/position';
import { MergedFindings } from '../merge-findings';
import { rulesHash } from '../rules/rule-store';
import { writeFindings } from '../write-findings';
import { logChunk } from './chunk-log';
import { type Place, packed, storeSnapshot } from './snapshot';

export type Standing = { readonly engine: Engine; readonly place: Place };

/**
 * Makes the detectors' state anew from the stored past, in the order of time: at the first start, when these detectors are set otherwise than
 * those that kept the last state, and after history was brought in. Everything is written in one transaction, with the state itself: killed
 * anywhere, it begins again.
 */
export async function rebuild(
  { reader, writer, rules }: { readonly reader: ClientBase; readonly writer: ClientBase; readonly rules: RuleSet },
  at: (point: 'past read' | 'past written' | 'past committed') => void | Promise<void> = () => {},
): Promise<Standing & { readonly movements: number }> {
  const engine = new Engine(rules);
  const merged = new MergedFindings();
  await reader.query('begin isolation level repeatable read read only');
  let position: Place['position'];
  try {
    const past = await storedPast(reader, { spanMs: DETECTION_SETTINGS.graph.horizonMs, paymentsMax: DETECTION_SETTINGS.graph.edgesMax });
    position = past.position;
    for await (const payments of past.slices()) merged.add(engine.take(payments));
  } finally {
    await reader.query('rollback');
  }
  await at('past read');
  const bytes = await packed(engine.save());
  const findings = merged.whole;
  await writer.query('begin');
  try {
    const { rows } = await writer.query<{ seq: string; generation: number }>(
      `select greatest((select max(seq) from detection_snapshot), (select max(seq) from detection_chunk), 0)::text as seq,
         coalesce(greatest((select max(generation) from detection_snapshot), (select max(generation) from detection_chunk)), 0) as generation`,
    );
    const place: Place = { seq: Number(rows[0]?.seq ?? 0) + 1, generation: Number(rows[0]?.generation ?? 0) + 1, position };
    await adoptAlerts(writer, [...findings.alerts.values()]);
    await writeFindings(writer, findings, { counting: 'whole', atMs: Math.max(0, engine.detection.nowMs) });
    await movePosition(writer, await readPosition(writer), position, null);
    await logChunk(writer, place, findings.movements, rulesHash(engine.rules));
    await storeSnapshot(writer, place, bytes);
    await at('past written');
    await writer.query('commit');
    await at('past committed');
    return { engine, place, movements: findings.movements };
  } catch (error) {
    await writer.query('rollback').catch(() => {});
    throw error;
  }
}
