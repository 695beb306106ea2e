import type { BreakKind } from './break-kinds';

/** One booking of the settlement agent on a participant's account: positive where the participant receives. */
export type AgentEntry = {
  readonly institutionId: number;
  readonly currency: string;
  readonly reference: string;
  readonly netMinor: bigint;
  readonly status: 'booked' | 'pending';
  readonly reversal: boolean;
  readonly bookedAtMs: number | null;
  /** "2026-11-23". */
  readonly valueDate: string | null;
};
export type OwnPosition = { readonly institutionId: number; readonly currency: string; readonly netMinor: bigint };

export type AgentBreak = {
  readonly kind: BreakKind;
  readonly institutionId: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly expectedMinor: bigint | null;
  readonly foundMinor: bigint | null;
  readonly expected: string | null;
  readonly found: string | null;
};

export type AgentComparison = {
  readonly breaks: readonly AgentBreak[];
  /** Of the net positions that are not zero, how many the agent booked exactly. */
  readonly confirmed: number;
  readonly toConfirm: number;
  /** What the agent's bookings sum to by currency: zero, or the agent is out of balance. */
  readonly sums: ReadonlyMap<string, bigint>;
  /** When the last of the bookings was made; null until every position is confirmed. */
  readonly finalAtMs: number | null;
};

/**
 * Holds the agent's bookings of one session against the net positions. An agent that said nothing yet in a currency has missed nothing.
 * `valueDates` are the days that a booking may carry: the session's own, and the day on which it was cut off.
 */
export function compareWithAgent(input: {
  readonly positions: readonly OwnPosition[];
  readonly entries: readonly AgentEntry[];
  readonly cutOffAtMs: number;
  readonly valueDates: readonly string[];
}): AgentComparison {
  const { positions, entries, cutOffAtMs, valueDates } = input;
  const spoken = new Set(entries.map(({ currency }) => currency));
  const own = new Map(positions.map((position) => [keyOf(position), position]));
  const booked = new Map<string, AgentEntry[]>();
  for (const entry of lastWords(entries)) booked.set(keyOf(entry), [...(booked.get(keyOf(entry)) ?? []), entry]);

  const breaks: AgentBreak[] = [];
  const sums = new Map<string, bigint>();
  let [confirmed, toConfirm, last] = [0, 0, 0];
  for (const key of [...new Set([...own.keys(), ...booked.keys()])].sort()) {
    const of = booked.get(key) ?? [];
    const { institutionId, currency } = (own.get(key) ?? of[0]) as OwnPosition;
    const expectedMinor = own.get(key)?.netMinor ?? 0n;
    const foundMinor = total(of.filter(({ status }) => status === 'booked'));
    const add = (kind: BreakKind, more: Partial<AgentBreak> = {}) =>
      breaks.push({ kind, institutionId, currency, reference: null, expectedMinor, foundMinor, expected: null, found: null, ...more });
    sums.set(currency, (sums.get(currency) ?? 0n) + foundMinor);
    if (expectedMinor !== 0n) toConfirm++;
    const before = breaks.length;
    if (of.length === 0) {
      if (expectedMinor !== 0n && spoken.has(currency)) add('missing', { foundMinor: null });
      continue;
    }
    if (foundMinor !== expectedMinor) {
      const pending = of.filter(({ status }) => status === 'pending');
      const twice = of.find((entry, n) => isDouble(entry, of[n - 1]) && foundMinor - signed(entry) === expectedMinor);
      const reversed = of.find(({ reversal }) => reversal);
      if (!own.has(key)) add('missing', { expectedMinor: null, reference: of[0]?.reference ?? null });
      else if (twice) add('duplicate', { reference: twice.reference });
      else if (pending.length > 0 && foundMinor + total(pending) === expectedMinor)
        add('status', { reference: pending[0]?.reference ?? null, expected: 'booked', found: 'pending' });
      else if (reversed && foundMinor === 0n) add('status', { reference: reversed.reference, expected: 'booked', found: 'reversed' });
      else add('amount', { reference: of.length === 1 ? (of[0]?.reference ?? null) : null });
    }
    const moneyAgrees = breaks.length === before;
    for (const { status, valueDate, bookedAtMs, reference } of of) {
      if (status !== 'booked') continue;
      const money = { expectedMinor: null, foundMinor: null, reference };
      if (valueDate !== null && !valueDates.includes(valueDate))
        add('date-cut', { ...money, expected: valueDates[0] ?? null, found: valueDate });
      if (bookedAtMs !== null && bookedAtMs < cutOffAtMs)
        add('order', { ...money, expected: new Date(cutOffAtMs).toISOString(), found: new Date(bookedAtMs).toISOString() });
      if (moneyAgrees) last = Math.max(last, bookedAtMs ?? 0);
    }
    if (moneyAgrees && expectedMinor !== 0n) confirmed++;
  }
  const finalAtMs = toConfirm > 0 && confirmed === toConfirm && last > 0 ? last : null;
  return { breaks, confirmed, toConfirm, sums, finalAtMs };
}

// A notification may announce as pending what the statement then books under the same reference.
function lastWords(entries: readonly AgentEntry[]): readonly AgentEntry[] {
  const booked = new Set(entries.filter(({ status }) => status === 'booked').map(wordOf));
  return entries
    .filter((entry) => entry.status === 'booked' || !booked.has(wordOf(entry)))
    .sort((a, b) => (a.netMinor === b.netMinor ? (a.reference < b.reference ? -1 : 1) : a.netMinor < b.netMinor ? -1 : 1));
}

function wordOf(entry: AgentEntry): string {
  return `${keyOf(entry)} ${entry.reference} ${entry.reversal}`;
}

function isDouble(entry: AgentEntry, other: AgentEntry | undefined): boolean {
  return other !== undefined && other.netMinor === entry.netMinor && other.reference !== entry.reference && !entry.reversal;
}

function signed({ netMinor }: AgentEntry): bigint {
  return netMinor;
}

function total(entries: readonly AgentEntry[]): bigint {
  return entries.reduce((sum, entry) => sum + signed(entry), 0n);
}

function keyOf({ institutionId, currency }: { readonly institutionId: number; readonly currency: string }): string {
  return `${institutionId} ${currency}`;
}
