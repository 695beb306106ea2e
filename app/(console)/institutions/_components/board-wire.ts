import type { FlowRole, HeartbeatLayer } from '@/domain/clearing/transaction';
import type { AmountUnit } from '@/domain/format/amount';
import type { BoardLine } from '@/domain/overview/board-order';
import type { InstitutionStateName } from '@/domain/overview/institution-state';

/** A row as the board draws it. Amounts are decimal strings of minor units. */
export type DrawnLine = BoardLine & {
  readonly short: string;
  readonly layers: Readonly<Partial<Record<HeartbeatLayer, InstitutionStateName>>>;
  readonly since: number | null;
  readonly failed: number;
  readonly declined: number;
  /** What was not well in each bar: domain/connectivity/state-bar.ts. */
  readonly bars: string;
  /** The first bar of which anything is known. */
  readonly knownFrom: number | null;
  readonly downMs: number;
  /** How long was measured, where that is only a part of the span. */
  readonly observedMs?: number;
};

/** What of a row travels: its shares are made of its counts where it arrives. */
export type WireLine = Omit<DrawnLine, 'systemPpm' | 'declinedPpm'>;

export function drawnLine(line: WireLine): DrawnLine {
  const { payments, failed, declined } = line;
  const share = (part: number) => (payments > 0 ? Math.floor((part * 1_000_000) / payments) : null);
  return { ...line, systemPpm: share(payments - failed), declinedPpm: share(declined) };
}

export type WireIncident = {
  readonly id: string;
  readonly state: InstitutionStateName;
  /** The line that failed for all, or the institution's name. */
  readonly subject: string;
  readonly code: string | null;
  readonly members: number;
  readonly openedAt: number;
  readonly acknowledged: boolean;
};

export type BoardWire = {
  /** Amounts are exact: the table may show them. Otherwise they only order. */
  readonly exact: boolean;
  readonly role: FlowRole;
  readonly currency: string;
  readonly unit: AmountUnit;
  /** The one axis of all rows' bars. Nothing after `until` has happened yet. */
  readonly axis: { readonly bucketMs: number; readonly from: number; readonly bars: number; readonly until: number };
  readonly targetPpm: number;
  /** The span whose rows add up to the figures. */
  readonly rows: { readonly from: number; readonly to: number };
  /** The live span chosen, or null for an absolute one. */
  readonly preset: string | null;
  readonly incidents: { readonly open: number; readonly unacknowledged: number; readonly top: readonly WireIncident[] };
  readonly lines: readonly WireLine[];
};
