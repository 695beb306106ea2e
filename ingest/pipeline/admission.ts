import { notNow } from './request-refused';

export type AdmissionLimits = {
  /** Requests that are worked on at once: each holds a database connection and some chunks of lines. */
  readonly workingMax: number;
  /** Of those, how many may be one institution's. */
  readonly workingOfOneMax: number;
  /** Requests that wait, with their bodies unread. */
  readonly waitingMax: number;
  readonly waitMs: number;
};

/** Lets in as many requests as memory allows, keeps a few waiting, and sends the rest away with a time to come back. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #workingOf = new Map<number, number>();
  readonly #waiting: { institutionId: number; start: () => void }[] = [];
  #working = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get working(): number {
    return this.#working;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to what must be called at the end, or rejects with 429. */
  async enter(institutionId: number): Promise<() => void> {
    if (!this.#fits(institutionId)) {
      if (this.#waiting.length >= this.#limits.waitingMax) throw notNow('too-busy', 'Too many requests are waiting already.', 1, 429);
      await this.#wait(institutionId);
    } else this.#start(institutionId);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave(institutionId);
    };
  }

  #fits(institutionId: number): boolean {
    return this.#working < this.#limits.workingMax && (this.#workingOf.get(institutionId) ?? 0) < this.#limits.workingOfOneMax;
  }

  #start(institutionId: number): void {
    this.#working += 1;
    this.#workingOf.set(institutionId, (this.#workingOf.get(institutionId) ?? 0) + 1);
  }

  #leave(institutionId: number): void {
    this.#working -= 1;
    const left = (this.#workingOf.get(institutionId) ?? 1) - 1;
    if (left > 0) this.#workingOf.set(institutionId, left);
    else this.#workingOf.delete(institutionId);
    const next = this.#waiting.findIndex((waiting) => this.#fits(waiting.institutionId));
    if (next < 0) return;
    const [waiting] = this.#waiting.splice(next, 1);
    waiting?.start();
  }

  #wait(institutionId: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = {
        institutionId,
        // Taken by whoever leaves, before anybody else can take the place.
        start: () => {
          clearTimeout(timer);
          this.#start(institutionId);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(notNow('too-busy', 'The gateway is busy with other requests.', 1, 429));
      }, this.#limits.waitMs);
      this.#waiting.push(waiting);
    });
  }
}
