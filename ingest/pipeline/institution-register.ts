import { createPublicKey, type KeyObject } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';

export type Institution = {
  readonly id: number;
  readonly code: string;
  readonly kind: 'bank' | 'payment' | 'clearing' | 'external';
  readonly status: 'registered' | 'live' | 'suspended' | 'exited';
};
export type SigningKey = {
  readonly id: string;
  readonly institution: Institution;
  readonly publicKey: KeyObject;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

/** A revoked key or a suspended institution is refused after so long at the latest. */
export const STALE_AFTER_MS = 3_000;
/** Names that are not found are looked for again, but not more often than this. */
const LOOK_AGAIN_AFTER_MS = 250;

/** Institutions and their keys in memory: a few hundred rows, asked for by every line. */
export class InstitutionRegister {
  readonly #pool: pg.Pool;
  #byCode = new Map<string, Institution>();
  #keys = new Map<string, SigningKey>();
  #readAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** By code, 12-digit bank code, BIC or LEI. */
  institution(code: string): Institution | undefined {
    return this.#byCode.get(code);
  }

  key(keyId: string): SigningKey | undefined {
    return this.#keys.get(keyId);
  }

  /** Makes sure that what the register says is not older than {@link STALE_AFTER_MS}; rejects where the database cannot be asked. */
  async freshen(): Promise<void> {
    if (Date.now() - this.#readAtMs > STALE_AFTER_MS) await this.#read();
  }

  /**
   * Reads again for the sake of a name that was not found, which may have been registered this moment. Whoever makes names up waits
   * for the next read like everybody else, and so cannot make the gateway ask the database all the time.
   */
  async lookAgain(): Promise<void> {
    const calledAtMs = Date.now();
    await wait(Math.max(0, this.#readAtMs + LOOK_AGAIN_AFTER_MS - calledAtMs));
    while (this.#readAtMs <= calledAtMs) await this.#read();
  }

  async #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #readNow(): Promise<void> {
    const askedAtMs = Date.now();
    const institutions = await this.#pool.query<Institution & { cnaps_no: string | null; bic: string | null; lei: string | null }>(
      'select id, code, kind, status, cnaps_no, bic, lei from institution',
    );
    const keys = await this.#pool.query<KeyRow>(
      'select id, institution_id, public_key, scopes, expires_at, revoked_at from institution_key',
    );
    const byId = new Map<number, Institution>();
    const byCode = new Map<string, Institution>();
    for (const { id, code, kind, status } of institutions.rows) byId.set(id, { id, code, kind, status });
    // A code of one's own goes before somebody's bank code, BIC or LEI.
    for (const { id, cnaps_no, bic, lei } of institutions.rows) {
      for (const name of [cnaps_no, lei, ...bicForms(bic)]) if (name) byCode.set(name, byId.get(id) as Institution);
    }
    for (const institution of byId.values()) byCode.set(institution.code, institution);
    this.#byCode = byCode;
    this.#keys = new Map(keys.rows.map((row) => [row.id, keyOf(row, byId)]));
    this.#readAtMs = askedAtMs;
  }
}

/** ISO 9362: a BIC of eight characters and the same with XXX both name the head office. */
function bicForms(bic: string | null): readonly string[] {
  if (bic === null) return [];
  if (bic.length === 8) return [bic, `${bic}XXX`];
  return bic.endsWith('XXX') ? [bic, bic.slice(0, 8)] : [bic];
}

type KeyRow = {
  id: string;
  institution_id: number;
  public_key: Buffer;
  scopes: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
};

// RFC 8410: what stands before the 32 bytes in DER.
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

function keyOf(row: KeyRow, byId: ReadonlyMap<number, Institution>): SigningKey {
  return {
    id: row.id,
    institution: byId.get(row.institution_id) as Institution,
    publicKey: createPublicKey({ key: Buffer.concat([ED25519_HEAD, row.public_key]), format: 'der', type: 'spki' }),
    scopes: new Set(row.scopes),
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
