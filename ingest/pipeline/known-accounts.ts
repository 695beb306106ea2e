import type pg from 'pg';
import { lastDigits, maskAccount } from '@/domain/account-mask';
import type { AccountKeys } from '@/server/identity';

/** Entries of each of the two generations: some 40 MB when both are full. */
const GENERATION_MAX = 125_000;
/** New accounts of one batch that are held before they are written. */
const PENDING_MAX = 10_000;
const INSERTED_AT_ONCE = 2_000;

/** Accounts that are known to be stored: their pseudonyms need not be computed nor their rows offered again. */
export class KnownAccounts {
  readonly keys: AccountKeys;
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  constructor(keys: AccountKeys) {
    this.keys = keys;
  }

  get(name: string): string | undefined {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(name);
    if (old !== undefined) this.remember(name, old);
    return old;
  }

  /** What is not asked for during a whole generation is forgotten. */
  remember(name: string, id: string): void {
    if (this.#young.size >= GENERATION_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, id);
  }
}

export type NewAccount = { readonly name: string; readonly id: string; readonly institutionId: number; readonly number: string };

/** The accounts that one batch speaks of. New ones are written late and in order, so that batches do not dead-lock over them. */
export class BatchAccounts {
  readonly #known: KnownAccounts;
  readonly #client: pg.ClientBase;
  /** By name, written or not. */
  readonly #own = new Map<string, string>();
  /** Of those, the ones not yet written. */
  #pending: NewAccount[] = [];

  constructor(known: KnownAccounts, client: pg.ClientBase) {
    this.#known = known;
    this.#client = client;
  }

  /** The account's pseudonym. One that is not known to be stored goes into `unknown` as well, to be added with the line that names it. */
  idOf(institutionId: number, number: string, unknown: NewAccount[]): string {
    const name = `${institutionId} ${number}`;
    const known = this.#known.get(name) ?? this.#own.get(name);
    if (known !== undefined) return known;
    const id = this.#known.keys.idOf(institutionId, number);
    unknown.push({ name, id, institutionId, number });
    return id;
  }

  add(accounts: readonly NewAccount[]): void {
    for (const account of accounts) {
      if (this.#own.has(account.name)) continue;
      this.#own.set(account.name, account.id);
      this.#pending.push(account);
    }
  }

  /** After each chunk: keeps a very large batch from holding all its accounts. */
  async writeIfMany(): Promise<void> {
    if (this.#pending.length >= PENDING_MAX) await this.write();
  }

  async write(): Promise<void> {
    if (this.#pending.length === 0) return;
    const accounts = this.#pending.sort((a, b) => (a.id < b.id ? -1 : 1));
    let inserting: Promise<unknown> = Promise.resolve();
    for (let at = 0; at < accounts.length; at += INSERTED_AT_ONCE) {
      // Sealed while the database works on the ones before.
      const values = this.#literals(accounts.slice(at, at + INSERTED_AT_ONCE));
      await inserting;
      inserting = this.#insert(values);
      inserting.catch(() => undefined);
    }
    await inserting;
    this.#pending = [];
    // A batch of more accounts than this offers some of them twice, which does no harm.
    if (this.#own.size > 4 * PENDING_MAX) this.#own.clear();
  }

  /** Only after the commit: what was rolled back is not known. */
  committed(): void {
    for (const [name, id] of this.#own) this.#known.remember(name, id);
    this.#own.clear();
  }

  async #insert(values: readonly string[]): Promise<void> {
    await this.#client.query({
      name: 'insert-accounts',
      text: `insert into account (id, institution_id, number_cipher, number_masked, number_last4)
             select id, institution_id, number_cipher, number_masked, number_last4
               from unnest($1::uuid[], $2::int[], $3::bytea[], $4::text[], $5::text[])
                 as account (id, institution_id, number_cipher, number_masked, number_last4)
             on conflict (id) do nothing`,
      values: [...values],
    });
  }

  /** Columns as array literals. */
  #literals(accounts: readonly NewAccount[]): readonly string[] {
    return [
      `{${accounts.map(({ id }) => id).join(',')}}`,
      `{${accounts.map(({ institutionId }) => institutionId).join(',')}}`,
      `{${accounts.map(({ number }) => `"\\\\x${this.#known.keys.seal(number).toString('hex')}"`).join(',')}}`,
      `{${accounts.map(({ number }) => quoted(maskAccount(number))).join(',')}}`,
      `{${accounts.map(({ number }) => quoted(lastDigits(number))).join(',')}}`,
    ];
  }
}

/** An element of an array literal; the driver's own way takes several times as long. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
