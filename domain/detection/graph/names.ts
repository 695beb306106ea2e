export type SavedNames = { readonly names: readonly (string | null)[] };

/** Small whole numbers for strings, given back and used again: account 17 costs four bytes wherever it is mentioned. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: (string | null)[] = [];
  readonly #free: number[] = [];

  static restored({ names }: SavedNames): Names {
    const restored = new Names();
    for (const [number, name] of names.entries()) {
      restored.#names.push(name);
      if (name === null) restored.#free.push(number);
      else restored.#numbers.set(name, number);
    }
    // The order in which numbers are used again is part of the state: the highest free one first, before and after.
    return restored;
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** One above the highest number in use. */
  get bound(): number {
    return this.#names.length;
  }

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = name;
    this.#numbers.set(name, number);
    return number;
  }

  known(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  nameOf(number: number): string {
    const name = this.#names[number];
    if (name === undefined || name === null) throw new Error(`no name has the number ${number}`);
    return name;
  }

  /** Forgets these; their numbers go to whoever comes next. */
  release(numbers: readonly number[]): void {
    for (const number of numbers) {
      this.#numbers.delete(this.nameOf(number));
      this.#names[number] = null;
      this.#free.push(number);
    }
    this.#free.sort((a, b) => a - b);
  }

  save(): SavedNames {
    return { names: [...this.#names] };
  }
}
