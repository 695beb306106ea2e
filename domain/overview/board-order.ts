import { INSTITUTION_STATES, type InstitutionStateName } from './institution-state';

export const BOARD_SORTS = [
  'state',
  'name',
  'availability',
  'payments',
  'system',
  'declined',
  'p50',
  'p95',
  'p99',
  'out',
  'in',
  'net',
] as const;
export type BoardSort = (typeof BOARD_SORTS)[number];

/** What a board sorts and filters by. Shares are in parts per million; null where there is nothing to say, which goes last either way. */
export type BoardLine = {
  readonly code: string;
  readonly name: string;
  readonly pinyin: string;
  readonly kind: string;
  readonly category: string;
  readonly state: InstitutionStateName;
  readonly availabilityPpm: number | null;
  readonly payments: number;
  readonly systemPpm: number | null;
  readonly declinedPpm: number | null;
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number } | null;
  readonly outMinor: string;
  readonly inMinor: string;
};

export type BoardFilter = { readonly text: string; readonly kinds: readonly string[]; readonly states: readonly string[] };

export function netMinor(line: Pick<BoardLine, 'outMinor' | 'inMinor'>): bigint {
  return BigInt(line.inMinor) - BigInt(line.outMinor);
}

/** Lines whose name, code or pinyin initials hold the text, and that are of one of the kinds and states (none given: of any). */
export function filterBoard<Line extends BoardLine>(lines: readonly Line[], filter: BoardFilter): Line[] {
  const text = filter.text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (filter.kinds.length === 0 || filter.kinds.includes(line.kind) || filter.kinds.includes(line.category)) &&
      (filter.states.length === 0 || filter.states.includes(line.state)) &&
      (text === '' || [line.name, line.code, line.pinyin].some((field) => field.toLowerCase().includes(text))),
  );
}

/** `state` is the board's own order: abnormal first, worst first, then by amount moved. `descending` turns every other order over. */
export function sortBoard<Line extends BoardLine>(
  lines: readonly Line[],
  { by, descending, locale }: { by: BoardSort; descending: boolean; locale: string },
): Line[] {
  if (by === 'state') {
    const rank = (line: BoardLine) => INSTITUTION_STATES.indexOf(line.state);
    return [...lines].sort((a, b) => rank(a) - rank(b) || compareBig(moved(b), moved(a)) || compareText(a.code, b.code));
  }
  if (by === 'name') {
    const collator = new Intl.Collator(locale);
    return [...lines].sort((a, b) => collator.compare(a.name, b.name) * (descending ? -1 : 1) || compareText(a.code, b.code));
  }
  const key = KEYS[by];
  return [...lines].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? compareText(a.code, b.code) : x === null ? 1 : -1;
    return compareBig(x, y) * (descending ? -1 : 1) || compareText(a.code, b.code);
  });
}

const KEYS: Record<Exclude<BoardSort, 'state' | 'name'>, (line: BoardLine) => bigint | number | null> = {
  availability: (line) => line.availabilityPpm,
  payments: (line) => line.payments,
  system: (line) => line.systemPpm,
  declined: (line) => line.declinedPpm,
  p50: (line) => line.latency?.p50Ms ?? null,
  p95: (line) => line.latency?.p95Ms ?? null,
  p99: (line) => line.latency?.p99Ms ?? null,
  out: (line) => BigInt(line.outMinor),
  in: (line) => BigInt(line.inMinor),
  net: netMinor,
};

function moved(line: BoardLine): bigint {
  return BigInt(line.outMinor) + BigInt(line.inMinor);
}

function compareBig(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
