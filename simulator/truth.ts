import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { businessDate } from './business-time';
import { businessDay } from './calendar';
import type { Law } from './law';
import { plantedId } from './misconduct/planted-payment';

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
      const planted = plantedLines(this.#law, this.#until);
      if (planted.length > 0)
        writeFileSync(path.join(this.#folder, `${businessDate(this.#until)}.misconduct.ndjson`), `${planted.join('\n')}\n`);
    }
  }

  recordBreak(planted: { readonly transactionId: string; readonly break: string }): void {
    appendFileSync(path.join(this.#folder, 'breaks.ndjson'), `${JSON.stringify(planted)}\n`);
  }
}

/** One line a pattern that begins on a business day: its kind, its time, and the payments that make it up. */
function plantedLines({ misconduct, seed }: Law, day: number): readonly string[] {
  return (misconduct?.ofDay(day) ?? []).map(({ pattern, kind, fromMs, toMs, moves }) =>
    JSON.stringify({
      pattern,
      kind,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      transactions: moves.filter(({ ordinary }) => !ordinary).map((move) => plantedId(seed, move)),
    }),
  );
}
