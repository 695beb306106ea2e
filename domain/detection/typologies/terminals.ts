import type { Movement } from '../movement';

type Merchants = Map<string, number>;
export type SavedTerminals = readonly (readonly [string, readonly (readonly [string, number])[]])[];

const TERMINALS_MAX = 200_000;

/** Which merchants a terminal has taken payments for within the window: it should be one. */
export class Terminals {
  readonly #windowMs: number;
  readonly #terminals = new Map<string, Merchants>();

  constructor(windowMs: number, saved: SavedTerminals = []) {
    this.#windowMs = windowMs;
    for (const [terminal, merchants] of saved) this.#terminals.set(terminal, new Map(merchants));
  }

  /** The merchants of this movement's terminal, itself included; 0 where the movement names no terminal. */
  take(movement: Movement): number {
    const { terminal, merchant, atMs } = movement;
    if (terminal === undefined || merchant === undefined) return 0;
    const merchants: Merchants = this.#terminals.get(terminal) ?? new Map();
    for (const [one, lastAt] of merchants) if (atMs - lastAt > this.#windowMs) merchants.delete(one);
    merchants.set(merchant, atMs);
    // Taken out and put in again, so that the terminal which has been silent longest stands first.
    this.#terminals.delete(terminal);
    this.#terminals.set(terminal, merchants);
    if (this.#terminals.size > TERMINALS_MAX) this.#terminals.delete(this.#terminals.keys().next().value as string);
    return merchants.size;
  }

  save(): SavedTerminals {
    return [...this.#terminals].map(([terminal, merchants]) => [terminal, [...merchants]] as const);
  }
}
