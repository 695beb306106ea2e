import type { ClientBase } from 'pg';
import type { LegFact, PaymentFact } from '@/domain/clearing/rollup';
import type { HeartbeatLayer, TransactionStatus } from '@/domain/clearing/transaction';
import type { LineDirection } from '@/domain/connectivity/line-health';

export type HeartbeatFact = {
  readonly institutionId: number;
  readonly line: string;
  readonly layer: HeartbeatLayer;
  readonly sentAtMs: number;
  readonly ok: boolean;
  readonly detail: string | null;
  readonly direction: LineDirection;
  readonly latencyMs: number | null;
};

/** A batch of the chunk, for consumers that read rows of their own. */
export type FollowedBatch = { readonly id: string; readonly feed: string };

/**
 * Somebody who derives something from committed rows: roll-ups, connectivity states, later detectors. What it writes is committed
 * together with the watermark, so that every row counts exactly once whatever is killed when.
 */
export interface Consumer {
  readonly name: string;
  /** Gathers one chunk of committed batches; a chunk that fails is read again from its beginning, by a new gatherer. */
  open(chunk: { readonly nowMs: number; readonly batches: readonly FollowedBatch[] }): Gatherer;
}

export interface Gatherer {
  /** A payment with the status that it has now, which later outcomes may already have changed: see `ahead`. */
  payment?(fact: PaymentFact, status: TransactionStatus, latencyMs: number | null): void;
  /**
   * An outcome of a payment of this chunk that its status already includes, whichever chunk brings (or brought) the outcome itself.
   * Undoing it leaves the payment as it first was.
   */
  ahead?(fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void;
  /** What became of a payment, of this chunk or of an older one. */
  outcome?(fact: PaymentFact, from: TransactionStatus, to: TransactionStatus): void;
  leg?(fact: LegFact): void;
  heartbeat?(fact: HeartbeatFact): void;
  /** Runs in the transaction that moves the watermark. Must not commit, and must not do anything that cannot be rolled back. */
  write?(client: ClientBase): Promise<void>;
  /** Runs after the commit; may be missed when the process dies in between. */
  committed?(): void;
}
