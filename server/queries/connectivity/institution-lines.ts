import 'server-only';
import { HEARTBEAT_LAYERS } from '@/domain/clearing/transaction';
import { LINE_DIRECTIONS, type LineDirection, LineMemory, type LineVerdict, lineVerdict } from '@/domain/connectivity/line-health';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type InstitutionLine = {
  readonly line: string;
  readonly direction: LineDirection;
  readonly verdict: LineVerdict;
  readonly lastBeatAt: Date;
  /** Of the last heartbeat that answered, by layer. */
  readonly latencyMs: Readonly<Partial<Record<(typeof HEARTBEAT_LAYERS)[number], number>>>;
};

/** One institution's lines in both directions, layer by layer, as of `at`. */
export async function institutionLines(
  actor: Actor,
  { institutionId, at }: { institutionId: number; at: Date },
): Promise<InstitutionLine[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const [rows, windows] = await Promise.all([
    database().lineState.findMany({ where: { institutionId }, orderBy: [{ line: 'asc' }] }),
    database().plannedWindow.findMany({
      where: { cancelledAt: null, fromAt: { lte: at }, toAt: { gt: at }, OR: [{ institutionId }, { institutionId: null }] },
    }),
  ]);
  const lines = rows.map(({ line, direction, layers, lastBeatAt }): InstitutionLine => {
    const memory = LineMemory.parse(layers);
    const planned = windows.some((window) => window.line === null || window.line === line);
    const measured = HEARTBEAT_LAYERS.flatMap((layer) => {
      const latency = memory[layer]?.latencyMs;
      return latency === null || latency === undefined ? [] : [[layer, latency] as const];
    });
    return {
      line,
      direction,
      lastBeatAt,
      verdict: lineVerdict(memory, { nowMs: at.getTime(), planned }),
      latencyMs: Object.fromEntries(measured),
    };
  });
  return lines.sort((a, b) =>
    a.line < b.line ? -1 : a.line > b.line ? 1 : LINE_DIRECTIONS.indexOf(a.direction) - LINE_DIRECTIONS.indexOf(b.direction),
  );
}
