import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { TRACE_METHODS, type TraceMethod } from '@/domain/tracing/trace-answer';
import { TRACE_HOPS_MAX, type TraceDirection } from '@/domain/tracing/trace-question';
import { timeReader } from '../../formats/csv/local-time';
import { EXIT, Failure } from '../failure';

/** The command line as it was typed. */
export type TraceOptions = {
  readonly file: string;
  readonly from: readonly string[];
  readonly direction: string;
  readonly method: string;
  readonly hops: string;
  readonly at?: string;
  readonly amount?: string;
  readonly since?: string;
  readonly until?: string;
  readonly min?: string;
  readonly wait?: string;
  readonly type?: string;
  readonly hubDegree: string;
  readonly throughHub?: readonly string[];
  readonly outside?: readonly string[];
  readonly pooled?: readonly string[];
  readonly currency?: string;
  readonly mapping?: string;
  readonly timeZone?: string;
  readonly roundAmounts?: boolean;
  readonly json?: boolean;
};

/** The limits of a trace, read; amounts stay decimals until a currency says what they mean. */
export type TraceLimits = {
  readonly direction: TraceDirection;
  readonly method: TraceMethod | 'all';
  readonly hops: number;
  readonly atMs: number | null;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  readonly waitLimitMs: number | null;
  readonly hubDegree: number | null;
  readonly businessTypes: BusinessType[];
};

const METHODS: Readonly<Record<string, TraceMethod | 'all'>> = {
  ...Object.fromEntries(TRACE_METHODS.map((method) => [method.toLowerCase(), method])),
  'pro-rata': 'proRata',
  all: 'all',
};
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Throws {@link Failure} with exit code 2 at the first option that makes no sense. */
export function traceLimits(options: TraceOptions, timeZone: string): TraceLimits {
  const { direction } = options;
  if (direction !== 'forward' && direction !== 'backward') throw wrong('--direction', 'forward or backward', direction);
  const method = METHODS[options.method.toLowerCase()];
  if (!method) throw wrong('--method', 'fifo, lifo, pro-rata, poison or all', options.method);
  return {
    direction,
    method,
    hops: whole('--hops', options.hops, TRACE_HOPS_MAX),
    atMs: moment('--at', options.at, timeZone),
    sinceMs: moment('--since', options.since, timeZone),
    untilMs: moment('--until', options.until, timeZone),
    waitLimitMs: options.wait === undefined ? null : duration(options.wait),
    hubDegree: options.hubDegree === 'none' ? null : whole('--hub-degree', options.hubDegree, Number.MAX_SAFE_INTEGER),
    businessTypes: (options.type?.split(',') ?? []).map((word) => {
      const type = BUSINESS_TYPES.find((known) => known === word.trim());
      if (!type) throw wrong('--type', BUSINESS_TYPES.join(', '), word);
      return type;
    }),
  };
}

function whole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw wrong(option, `a whole number from 1 to ${most}`, text);
  return value;
}

function moment(option: string, text: string | undefined, timeZone: string): number | null {
  if (text === undefined) return null;
  const written = timeReader(timeZone)?.(text.trim());
  if (written === undefined) throw wrong(option, 'a time like 2026-11-02T09:30:00+08:00', text);
  return Date.parse(written);
}

function duration(text: string): number {
  const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text);
  if (!match) throw wrong('--wait', 'a duration like 24h, 90m, 7d or 500ms', text);
  return Number(match[1]) * (UNIT_MS[match[2] as string] as number);
}

export function wrong(option: string, wanted: string, given: string): Failure {
  return new Failure(`${option} wants ${wanted}, not "${given}".`, EXIT.usage);
}
