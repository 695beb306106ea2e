import type pg from 'pg';
import { lastDigits, maskAccount } from '@/domain/account-mask';
import type { AccountKeys } from '@/server/identity';
import { BinaryRows } from './binary-rows';

/** Entries of each of the two generations, in twice as many places of sixteen bytes: 32 MB for both. */
const GENERATION_MAX = 500_000;
const PLACES = 2 ** 20;
/** New accounts of one batch that are held before they are written. */
const PENDING_MAX = 10_000;
const INSERTED_AT_ONCE = 2_000;

/** Pseudonyms of accounts that are known to be stored, so that their rows need not be offered again. */
export class KnownAccounts {
  readonly keys: AccountKeys;
  /** False while accounts that are not known turn out to be stored, as after a start: then a COPY would fail every time. */
  newOnesAreNew = true;
  #young = new IdSet();
  #old = new IdSet();

  constructor(keys: AccountKeys) {
    this.keys = keys;
  }

  /** Whether the pseudonym whose sixteen bytes stand there is one of them. */
  has(bytes: Buffer, at: number): boolean {
    if (this.#young.has(bytes, at)) return true;
    if (!this.#old.has(bytes, at)) return false;
    this.remember(bytes, at);
    return true;
  }

  /** What is not asked for during a whole generation is forgotten. */
  remember(bytes: Buffer, at: number): void {
    if (this.#young.size >= GENERATION_MAX) {
      [this.#young, this.#old] = [this.#old, this.#young];
      this.#young.clear();
    }
    this.#young.add(bytes, at);
  }
}

/** Numbers of 128 bits without an object for each: the collector has nothing to look through. All zeros stand for an empty place. */
class IdSet {
  // Four arrays' worth in one; allocated when the first is added.
  #words = new Int32Array(0);
  size = 0;

  has(bytes: Buffer, at: number): boolean {
    if (this.size === 0) return false;
    const place = this.#placeOf(bytes, at);
    return !this.#isEmpty(place);
  }

  add(bytes: Buffer, at: number): void {
    if (this.#words.length === 0) this.#words = new Int32Array(4 * PLACES);
    const place = this.#placeOf(bytes, at);
    if (!this.#isEmpty(place)) return;
    for (let i = 0; i < 4; i++) this.#words[place + i] = bytes.readInt32LE(at + 4 * i);
    this.size++;
  }

  clear(): void {
    this.#words.fill(0);
    this.size = 0;
  }

  /** Where it is, or the empty place where it would be. Half of the places are always empty. */
  #placeOf(bytes: Buffer, at: number): number {
    const words = this.#words;
    const [a, b, c, d] = [bytes.readInt32LE(at), bytes.readInt32LE(at + 4), bytes.readInt32LE(at + 8), bytes.readInt32LE(at + 12)];
    for (let place = 4 * (a & (PLACES - 1)); ; place = (place + 4) % words.length) {
      if (words[place] === a && words[place + 1] === b && words[place + 2] === c && words[place + 3] === d) return place;
      if (this.#isEmpty(place)) return place;
    }
  }

  #isEmpty(place: number): boolean {
    const words = this.#words;
    return ((words[place] as number) | (words[place + 1] as number) | (words[place + 2] as number) | (words[place + 3] as number)) === 0;
  }
}

/** One COPY in binary format; false, with the transaction as it was, where a row was there already. */
export type CopyRows = (into: string, rows: readonly Buffer[]) => Promise<boolean>;
export type NewAccount = { readonly id: string; readonly institutionId: number; readonly number: string };

/** The accounts that one batch speaks of. New ones are written late and in order, so that batches do not dead-lock over them. */
export class BatchAccounts {
  readonly #known: KnownAccounts;
  readonly #client: pg.ClientBase;
  readonly #copyRows: CopyRows | undefined;
  /** By pseudonym in hexadecimal, written or not. */
  readonly #own = new Set<string>();
  /** Of those, the ones not yet written. */
  #pending: NewAccount[] = [];

  /** Without `copyRows`, which may fail and leave the transaction whole, every row is inserted with an eye on conflicts. */
  constructor(known: KnownAccounts, client: pg.ClientBase, copyRows?: CopyRows) {
    this.#known = known;
    this.#client = client;
    this.#copyRows = copyRows;
  }

  /**
   * Writes the account's pseudonym, sixteen bytes, to `out`. Where it is not known to be stored, answers with what {@link add} wants to
   * know of it, together with the line that names it.
   */
  writeId(institutionId: number, number: Buffer, from: number, to: number, out: Buffer, at: number): NewAccount | undefined {
    this.#known.keys.writeId(institutionId, number, from, to, out, at);
    if (this.#known.has(out, at)) return undefined;
    const id = out.toString('hex', at, at + 16);
    return this.#own.has(id) ? undefined : { id, institutionId, number: number.toString('utf8', from, to) };
  }

  add(account: NewAccount): void {
    if (this.#own.has(account.id)) return;
    this.#own.add(account.id);
    this.#pending.push(account);
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
      const sealed = accounts.slice(at, at + INSERTED_AT_ONCE).map((account) => this.#sealed(account));
      await inserting;
      inserting = this.#store(sealed);
      inserting.catch(() => undefined);
    }
    await inserting;
    this.#pending = [];
    // A batch of more accounts than this offers some of them twice, which does no harm.
    if (this.#own.size > 4 * PENDING_MAX) this.#own.clear();
  }

  /** Only after the commit: what was rolled back is not known. */
  committed(): void {
    for (const id of this.#own) {
      scratch.write(id, 'hex');
      this.#known.remember(scratch, 0);
    }
    this.#own.clear();
  }

  #sealed({ id, institutionId, number }: NewAccount): SealedAccount {
    return { id, institutionId, cipher: this.#known.keys.seal(number), masked: maskAccount(number), last4: lastDigits(number) };
  }

  async #store(accounts: readonly SealedAccount[]): Promise<void> {
    if (this.#copyRows && this.#known.newOnesAreNew) {
      if (await this.#copyRows(`copy account (${COLUMNS}) from stdin with (format binary)`, accountRows(accounts))) return;
      this.#known.newOnesAreNew = false;
    }
    const { rowCount } = await this.#client.query({
      name: 'insert-accounts',
      text: `insert into account (${COLUMNS})
             select ${COLUMNS}
               from unnest($1::uuid[], $2::int[], $3::bytea[], $4::text[], $5::text[]) as account (${COLUMNS})
             on conflict (id) do nothing`,
      values: literals(accounts),
    });
    this.#known.newOnesAreNew = rowCount === accounts.length;
  }
}

type SealedAccount = {
  readonly id: string;
  readonly institutionId: number;
  readonly cipher: Buffer;
  readonly masked: string;
  readonly last4: string;
};
const COLUMNS = 'id, institution_id, number_cipher, number_masked, number_last4';

function accountRows(accounts: readonly SealedAccount[]): readonly Buffer[] {
  const rows = new BinaryRows(accounts.length * 128);
  for (const { id, institutionId, cipher, masked, last4 } of accounts) {
    const texts = [Buffer.from(masked), Buffer.from(last4)];
    // Lengths, the id, the institution, and what differs.
    rows.makeRoom(64 + cipher.length + masked.length * 4 + last4.length * 4);
    rows.fieldCount(5);
    rows.uuid(id);
    rows.int4(institutionId);
    for (const bytes of [cipher, ...texts]) rows.bytesOf(bytes, 0, bytes.length);
  }
  return [rows.bytes.subarray(0, rows.at)];
}

/** Columns as array literals. */
function literals(accounts: readonly SealedAccount[]): string[] {
  return [
    `{${accounts.map(({ id }) => id).join(',')}}`,
    `{${accounts.map(({ institutionId }) => institutionId).join(',')}}`,
    `{${accounts.map(({ cipher }) => `"\\\\x${cipher.toString('hex')}"`).join(',')}}`,
    `{${accounts.map(({ masked }) => quoted(masked)).join(',')}}`,
    `{${accounts.map(({ last4 }) => quoted(last4)).join(',')}}`,
  ];
}

/** An element of an array literal; the driver's own way takes several times as long. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const scratch = Buffer.alloc(16);
