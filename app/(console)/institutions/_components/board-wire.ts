import type { FlowRole, HeartbeatLayer } from '@/domain/clearing/transaction';
import type { AmountUnit } from '@/domain/format/amount';
import type { BoardLine } from '@/domain/overview/board-order';
import type { InstitutionStateName } from '@/domain/overview/institution-state';

/** What a board's row carries to the browser. Amounts are decimal strings of minor units. */
export type WireLine = BoardLine & {
  readonly short: string;
  readonly layers: Readonly<Partial<Record<HeartbeatLayer, InstitutionStateName>>>;
  readonly since: number | null;
  readonly failed: number;
  readonly declined: number;
  /** Position, payments, technical failures of each bucket that holds any. */
  readonly bars: readonly (readonly [number, number, number])[];
};

export type BoardWire = {
  readonly role: FlowRole;
  readonly currency: string;
  readonly unit: AmountUnit;
  readonly axis: { readonly tier: 'hour' | 'day'; readonly bucketMs: number; readonly from: number; readonly bars: number };
  /** The span whose rows add up to the figures. */
  readonly rows: { readonly from: number; readonly to: number };
  /** The live span chosen, or null for an absolute one. */
  readonly preset: string | null;
  readonly lines: readonly WireLine[];
};
