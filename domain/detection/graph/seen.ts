/** A set of accounts that is emptied in no time: what distinct counterparties are counted with, thousands of times a second. */
export class Seen {
  #stamps = new Int32Array(1024);
  #counts = new Int32Array(1024);
  #stamp = 0;
  size = 0;

  clear(): void {
    this.size = 0;
    if (++this.#stamp < 2_000_000_000) return;
    this.#stamps.fill(0);
    this.#stamp = 1;
  }

  /** How often it has been added, this time included. */
  add(account: number): number {
    if (account >= this.#stamps.length) this.#grow(account);
    if (this.#stamps[account] !== this.#stamp) {
      this.#stamps[account] = this.#stamp;
      this.#counts[account] = 0;
      this.size++;
    }
    this.#counts[account] = (this.#counts[account] as number) + 1;
    return this.#counts[account] as number;
  }

  count(account: number): number {
    return this.#stamps[account] === this.#stamp ? (this.#counts[account] as number) : 0;
  }

  #grow(account: number): void {
    const size = Math.max(account + 1, this.#stamps.length * 2);
    const [stamps, counts] = [this.#stamps, this.#counts];
    this.#stamps = new Int32Array(size);
    this.#counts = new Int32Array(size);
    this.#stamps.set(stamps);
    this.#counts.set(counts);
  }
}
