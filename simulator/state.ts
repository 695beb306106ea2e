import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const Kept = z.object({
  version: z.literal(2),
  seed: z.number(),
  meanRate: z.number(),
  /** Epoch second from which payments are sent as they happen; all before is history. */
  liveFrom: z.number(),
  /** All payments and outcomes that fell due up to here are acknowledged, in epoch ms. */
  liveAckedMs: z.number(),
  /** The same for legs. */
  legsAckedMs: z.number(),
  /** Epoch second: sessions closed up to here have been made final. */
  finalisedUntil: z.number(),
  /** Epoch second: nothing accepted before it is ever sent. */
  historyStart: z.number(),
  /** History is acknowledged from here (epoch seconds) up to `liveFrom`. */
  historyFrom: z.number(),
  /** Legs of history likewise. */
  legHistoryFrom: z.number(),
});
export type Kept = z.infer<typeof Kept>;

/** What the simulator remembers of its own sending between two runs. Written whole or not at all. */
export class State {
  readonly #file: string;
  #kept: Kept;

  private constructor(file: string, kept: Kept) {
    this.#file = file;
    this.#kept = kept;
  }

  /** The state of the last run, or a new one whose history ends at `now`. A file that cannot be read is an error: guessing would send twice. */
  static open(input: { folder: string; seed: number; meanRate: number; nowSecond: number }): State {
    mkdirSync(input.folder, { recursive: true });
    const file = path.join(input.folder, 'simulator.json');
    const before = readState(file);
    if (before && before.seed === input.seed && before.meanRate === input.meanRate) return new State(file, before);
    if (before) {
      // Another law from the next whole minute on: the old one's payments keep their ids, and its history stays as it is.
      const from = Math.ceil(Math.max(input.nowSecond, before.liveAckedMs / 1000 + 1) / 60) * 60;
      const state = new State(file, {
        ...before,
        seed: input.seed,
        meanRate: input.meanRate,
        ...startingAt(from),
        historyStart: from,
        historyFrom: 0,
        legHistoryFrom: 0,
      });
      state.save({});
      return state;
    }
    const { seed, meanRate, nowSecond } = input;
    const state = new State(file, {
      version: 2,
      seed,
      meanRate,
      ...startingAt(nowSecond),
      historyStart: nowSecond,
      historyFrom: nowSecond,
      legHistoryFrom: nowSecond,
    });
    state.save({});
    return state;
  }

  get kept(): Kept {
    return this.#kept;
  }

  save(changed: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...changed };
    const temporary = `${this.#file}.tmp`;
    writeFileSync(temporary, JSON.stringify(this.#kept));
    renameSync(temporary, this.#file);
  }
}

function startingAt(second: number) {
  return { liveFrom: second, liveAckedMs: second * 1000 - 1, legsAckedMs: second * 1000 - 1, finalisedUntil: second };
}

function readState(file: string): Kept | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const parsed = Kept.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`The state file ${file} is not the simulator's: move it away to begin anew.`);
  return parsed.data;
}
