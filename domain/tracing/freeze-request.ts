/** What an institution has said to a request to freeze money. */
export const FREEZE_STATUSES = ['asked', 'acknowledged', 'frozen', 'refused'] as const;
export type FreezeStatus = (typeof FREEZE_STATUSES)[number];

/** What a reader is told: a request that nobody answered in time has expired, though a late answer is still taken. */
export type FreezeState = FreezeStatus | 'expired';

export type FreezeAnswer =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'frozen'; readonly frozenMinor: bigint }
  | { readonly kind: 'refused' };

const NEXT: Readonly<Record<FreezeStatus, readonly FreezeStatus[]>> = {
  asked: ['acknowledged', 'frozen', 'refused'],
  acknowledged: ['frozen', 'refused'],
  frozen: [],
  refused: [],
};

/** Whether an answer can follow; a request is answered once for all, and acknowledged once before. */
export function takesAnswer(status: FreezeStatus, answer: FreezeAnswer['kind']): boolean {
  return NEXT[status].includes(answer);
}

/** The state of a request at a moment. Times are epoch milliseconds; the last moment in time is the one before `dueMs`. */
export function freezeState({ status, dueMs }: { readonly status: FreezeStatus; readonly dueMs: number }, atMs: number): FreezeState {
  return NEXT[status].length > 0 && atMs >= dueMs ? 'expired' : status;
}

/** Milliseconds left to answer, negative once late; null where it is answered. */
export function freezeClock({ status, dueMs }: { readonly status: FreezeStatus; readonly dueMs: number }, atMs: number): number | null {
  return NEXT[status].length > 0 ? dueMs - atMs : null;
}
