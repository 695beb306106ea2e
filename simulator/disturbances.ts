import { businessDay, DAY_SECONDS, ZONE_SECONDS } from './calendar';
import type { CountryInstitution } from './country';
import { SCENARIOS } from './scenarios/registry';
import type { Disturbance } from './scenarios/scenario';

/** Who is disturbed when. Everything begins and ends at whole minutes, so one answer serves a minute. */
export class Disturbances {
  readonly #seed: number;
  readonly #banks: readonly CountryInstitution[];
  readonly #payments: readonly CountryInstitution[];
  readonly #days = new Map<number, readonly Disturbance[]>();
  #minute = Number.NaN;
  #current: ReadonlyMap<string, Disturbance> = new Map();

  constructor(input: { seed: number; institutions: readonly CountryInstitution[] }) {
    this.#seed = input.seed;
    this.#banks = input.institutions.filter(({ kind }) => kind === 'bank');
    this.#payments = input.institutions.filter(({ kind }) => kind === 'payment');
  }

  /** All that begin on a business day, in the order of the registry. */
  ofDay(day: number): readonly Disturbance[] {
    const known = this.#days.get(day);
    if (known) return known;
    const dayStart = day * DAY_SECONDS - ZONE_SECONDS;
    const made = SCENARIOS.flatMap((scenario) =>
      scenario.disturbances({ seed: this.#seed, day, dayStart, banks: this.#banks, payments: this.#payments }),
    );
    if (this.#days.size > 40) this.#days.clear();
    this.#days.set(day, made);
    return made;
  }

  /** By institution code, in the minute of an epoch second. */
  at(second: number): ReadonlyMap<string, Disturbance> {
    const minute = Math.floor(second / 60);
    if (minute === this.#minute) return this.#current;
    const day = businessDay(second);
    const current = new Map<string, Disturbance>();
    for (const disturbance of [...this.ofDay(day - 1), ...this.ofDay(day)]) {
      const running = disturbance.from <= second && second < disturbance.to;
      if (running && !current.has(disturbance.institution)) current.set(disturbance.institution, disturbance);
    }
    this.#minute = minute;
    this.#current = current;
    return current;
  }
}
