import type { ClientBase } from 'pg';
import type { Comparison } from './compare-tier';
import { historySpan, recentSpan } from './next-span';
import { reconcileSpan } from './reconcile-span';

export type ReconcilerState = { readonly kind: 'not yet' } | { readonly kind: 'passed'; readonly atMs: number } | Drifted;
export type Drifted = { readonly kind: 'drifted'; readonly atMs: number; readonly comparisons: readonly Comparison[] };

/**
 * Proves the recent hours at every run, and one more stretch of history, from the newest to the oldest and round again.
 * A drift stays reported until the same stretch passes.
 */
export class Reconciler {
  #historyBefore: Date | null = null;
  #state: ReconcilerState = { kind: 'not yet' };
  readonly #drifts = new Map<string, Comparison>();

  get state(): ReconcilerState {
    return this.#state;
  }

  async run(client: ClientBase, nowMs: number): Promise<ReconcilerState> {
    const recent = await recentSpan(client, nowMs);
    const compared = [...(await reconcileSpan(client, recent, nowMs))];
    const history = await historySpan(client, this.#historyBefore ?? recent.from);
    this.#historyBefore = history?.from ?? null;
    if (history) compared.push(...(await reconcileSpan(client, history, nowMs)));
    for (const old of this.#drifts.values())
      if (!compared.some((one) => one.tier === old.tier && one.from <= old.from && one.to >= old.to))
        compared.push(...(await reconcileSpan(client, old, nowMs)).filter(({ tier }) => tier === old.tier));
    for (const comparison of compared) {
      const covered = [...this.#drifts].filter(
        ([, old]) => old.tier === comparison.tier && comparison.from <= old.from && comparison.to >= old.to,
      );
      for (const [id] of covered) this.#drifts.delete(id);
      if (comparison.mismatchCount > 0) this.#drifts.set(`${comparison.tier} ${comparison.from.toISOString()}`, comparison);
    }
    const drifted = [...this.#drifts.values()];
    this.#state = drifted.length > 0 ? { kind: 'drifted', atMs: nowMs, comparisons: drifted } : { kind: 'passed', atMs: nowMs };
    return this.#state;
  }
}
