import { businessDay, DAY_CURVE, DAY_SECONDS, dayFactor, ZONE_SECONDS } from './calendar';
import { Random } from './random';
import { STREAM } from './streams';

/** Payments grow by so much a day around this date, at which the mean rate is as asked for. */
const GROWTH_PER_DAY = 0.0012;
const GROWTH_ORIGIN_DAY = Date.parse('2026-11-23') / 86_400_000;
const GROWTH_BOUND_DAYS = 400;

/** Payments a second that the law of the country expects at an epoch second: the same law for history and for now. */
export function expectedRate(second: number, meanRate: number): number {
  const day = businessDay(second);
  const minute = Math.floor((second + ZONE_SECONDS - day * DAY_SECONDS) / 60);
  const age = Math.max(-GROWTH_BOUND_DAYS, Math.min(GROWTH_BOUND_DAYS, day - GROWTH_ORIGIN_DAY));
  return meanRate * (DAY_CURVE[minute] as number) * dayFactor(day) * (1 + GROWTH_PER_DAY) ** age;
}

/** Draws how many payments each second has. */
export class Volume {
  readonly #seed: number;
  readonly #meanRate: number;
  readonly #random = new Random();
  #minute = Number.NaN;
  #rate = 0;

  constructor(input: { seed: number; meanRate: number }) {
    this.#seed = input.seed;
    this.#meanRate = input.meanRate;
  }

  /** Number of payments accepted in an epoch second, refunds apart. */
  count(second: number): number {
    const minute = Math.floor(second / 60);
    if (minute !== this.#minute) {
      // Crowds move together: each five minutes are a few per cent busier or calmer than the law says.
      const swing = this.#random.at(this.#seed, STREAM.swing, Math.floor(second / 300)).logNormal(1, 0.025);
      this.#minute = minute;
      this.#rate = expectedRate(second, this.#meanRate) * swing;
    }
    return this.#random.at(this.#seed, STREAM.count, second).poisson(this.#rate);
  }
}
