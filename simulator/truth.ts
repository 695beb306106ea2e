import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { businessDate } from './business-time';
import { businessDay } from './calendar';
import type { Law } from './law';

/**
 * What was planted, for whoever measures how well it is found: one file a business day of what goes wrong, and one of the payments whose
 * legs carry a break. A break may be written twice where a run was interrupted; its transaction id tells.
 */
export class Truth {
  readonly #folder: string;
  readonly #law: Law;
  #until: number;

  constructor(input: { folder: string; law: Law; from: number }) {
    this.#folder = path.join(input.folder, 'simulator-truth');
    this.#law = input.law;
    this.#until = businessDay(input.from);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Writes down the days that have begun by an epoch second. */
  recordDays(second: number): void {
    for (; this.#until <= businessDay(second); this.#until++) {
      const lines = this.#law.disturbances.ofDay(this.#until).map((disturbance) => JSON.stringify(disturbance));
      writeFileSync(path.join(this.#folder, `${businessDate(this.#until)}.disturbances.ndjson`), `${lines.join('\n')}\n`);
    }
  }

  recordBreak(planted: { readonly transactionId: string; readonly break: string }): void {
    appendFileSync(path.join(this.#folder, 'breaks.ndjson'), `${JSON.stringify(planted)}\n`);
  }
}
