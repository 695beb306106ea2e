/**
 * What the monitor says once a second. `tps` payments a second, `lagMs` from stored to counted. An institution's own people are told
 * when, not how much: the counts are the whole platform's.
 */
export type Pulse = {
  readonly at: Date;
  readonly dataAt: Date | null;
  readonly tps: number | null;
  readonly succeeded: number | null;
  readonly declined: number | null;
  readonly failed: number | null;
  readonly unknown: number | null;
  readonly lagMs: number | null;
  readonly rowsBehind: number | null;
  /** When an institution's state last changed. */
  readonly connectivityAt: Date | null;
};

/**
 * A pulse off the wire, or undefined where it is none: a strange message must not stop the stream.
 * Read by hand, so that no schema library is part of every page's first script.
 */
export function parsePulse(text: string): Pulse | undefined {
  const wire = recordOf(text);
  const at = moment(wire?.at);
  if (!wire || !at) return undefined;
  const { tps, succeeded, declined, failed, unknown } = wire;
  if (![tps, succeeded, declined, failed, unknown].every((count) => count === undefined || number(count) !== null)) return undefined;
  return {
    at,
    dataAt: moment(wire.dataAt),
    tps: number(tps),
    succeeded: number(succeeded),
    declined: number(declined),
    failed: number(failed),
    unknown: number(unknown),
    lagMs: number(wire.lagMs),
    rowsBehind: number(wire.rowsBehind),
    connectivityAt: moment(wire.connectivityAt),
  };
}

function recordOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function moment(value: unknown): Date | null {
  const at = typeof value === 'string' ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}
