import { businessDay, DAY_SECONDS, ZONE_SECONDS } from '../calendar';
import { Random } from '../random';
import { STREAM } from '../streams';
import { GRAPH_SCHEMES } from './graph-schemes';
import { HABIT_SCHEMES } from './habit-schemes';
import type { Draw, PlantedMove, Scheme } from './planted-move';
import { VOLUME_SCHEMES } from './volume-schemes';

export const SCHEMES: readonly Scheme[] = [...GRAPH_SCHEMES, ...HABIT_SCHEMES, ...VOLUME_SCHEMES];
const QUICK = SCHEMES.filter(({ quickMinutes }) => quickMinutes !== undefined);

/** So many schemes begin on a business day; each kind has its turn. */
const A_DAY = 5;
/** From the moment on at which a country is watched live, a quick one begins in every stretch of so many seconds. */
const QUICK_SECONDS = 720;
const DAYS_LONG = 2;

/** A move at its second and its place among those of the second. */
export type PlacedMove = PlantedMove & { readonly atMs: number; readonly second: number; readonly place: number };
/** A pattern as it was planted: the truth that detection is measured by. */
export type Planted = {
  readonly pattern: string;
  readonly kind: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly moves: readonly PlacedMove[];
};

/**
 * Who does wrong when. It follows from the seed and the day alone, so that the truth of any day can be asked for afterwards, and payments of
 * any second in any order.
 */
export class Misconduct {
  readonly #seed: number;
  readonly #draw: (random: Random) => Draw;
  readonly #quickFrom: number;
  readonly #days = new Map<number, readonly Planted[]>();
  readonly #bySecond = new Map<number, ReadonlyMap<number, readonly PlacedMove[]>>();

  constructor(input: { seed: number; draw: (random: Random) => Draw; quickFrom: number }) {
    this.#seed = input.seed;
    this.#draw = input.draw;
    this.#quickFrom = input.quickFrom;
  }

  /** What begins on a business day. */
  ofDay(day: number): readonly Planted[] {
    const known = this.#days.get(day);
    if (known) return known;
    const dayStart = day * DAY_SECONDS - ZONE_SECONDS;
    const planted: Planted[] = [];
    const add = (scheme: Scheme, pattern: string, random: Random, from: number, minutes: number) => {
      const moves = scheme.moves(this.#draw(random));
      planted.push({
        pattern,
        kind: scheme.kind,
        fromMs: from * 1000,
        toMs: (from + minutes * 60) * 1000,
        moves: placed(moves, from, minutes),
      });
    };
    for (let slot = 0; slot < A_DAY; slot++) {
      // Steps that share no divisor with the number of kinds: none is left out, and no weekday has its own.
      const scheme = SCHEMES[(day * A_DAY + slot) % SCHEMES.length] as Scheme;
      const random = new Random().at(this.#seed, STREAM.misconduct, day, slot);
      const hour = scheme.hour ?? 7 + random.unit() * 12;
      add(scheme, `${scheme.kind}-${day}-${slot}`, random, Math.floor(dayStart + (hour + random.unit()) * 3600), scheme.minutes);
    }
    for (let from = dayStart; from < dayStart + DAY_SECONDS; from += QUICK_SECONDS) {
      if (from < this.#quickFrom) continue;
      const random = new Random().at(this.#seed, STREAM.misconduct, Math.floor(from / QUICK_SECONDS), 1_000);
      const scheme = QUICK[random.below(QUICK.length)] as Scheme;
      add(scheme, `${scheme.kind}-${from}`, random, from + random.below(120), scheme.quickMinutes as number);
    }
    if (this.#days.size > 8) this.#days.clear();
    this.#days.set(day, planted);
    return planted;
  }

  /** What is planted in an epoch second, in the order of time. */
  at(second: number): readonly PlacedMove[] {
    const day = businessDay(second);
    let found: PlacedMove[] | undefined;
    for (let begun = day - DAYS_LONG; begun <= day; begun++) {
      const moves = this.#secondsOf(begun).get(second);
      if (moves) found = [...(found ?? []), ...moves];
    }
    if (!found) return NONE;
    return found.sort((a, b) => a.atMs - b.atMs);
  }

  #secondsOf(day: number): ReadonlyMap<number, readonly PlacedMove[]> {
    const known = this.#bySecond.get(day);
    if (known) return known;
    const seconds = new Map<number, PlacedMove[]>();
    for (const { moves } of this.ofDay(day))
      for (const move of moves) {
        const list = seconds.get(move.second);
        if (list) list.push(move);
        else seconds.set(move.second, [move]);
      }
    if (this.#bySecond.size > 8) this.#bySecond.clear();
    this.#bySecond.set(day, seconds);
    return seconds;
  }
}

const NONE: readonly PlacedMove[] = [];

function placed(moves: readonly PlantedMove[], from: number, minutes: number): readonly PlacedMove[] {
  return moves.map((move, i) => {
    const atMs = from * 1000 + Math.floor(move.moment * minutes * 60_000);
    const second = Math.floor(atMs / 1000);
    // Distinct within its scheme; what schemes begin in one second is told apart by when they began.
    return { ...move, atMs, second, place: (from % 1_000) * 1_000 + i };
  });
}
