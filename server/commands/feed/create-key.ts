import 'server-only';
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type pg from 'pg';

/** What a key may send: the feeds of the gateway. */
export const KEY_SCOPES = ['transactions', 'legs', 'heartbeats', 'outcomes', 'debits', 'declarations', 'iso20022'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export type CreateKey = {
  /** Code of the institution. */
  readonly institution: string;
  readonly scopes?: readonly KeyScope[];
  readonly expiresAt?: Date;
  /** The signed-in person; none where a start script or the command line acts. */
  readonly actorId?: string;
};
export type CreatedKey =
  | { readonly kind: 'created'; readonly keyId: string /** PKCS 8, PEM: handed out once, kept nowhere. */; readonly privateKeyPem: string }
  | { readonly kind: 'refused'; readonly reason: 'institution-unknown' | 'two-live-keys' };

/** A new signing key of an institution. Two may live at a time: the old and the new while the sender rotates. Needs a connection of its own. */
export async function createKey(client: pg.ClientBase, input: CreateKey): Promise<CreatedKey> {
  await client.query('begin');
  try {
    const created = await insertKey(client, input);
    await client.query(created.kind === 'created' ? 'commit' : 'rollback');
    return created;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function insertKey(client: pg.ClientBase, input: CreateKey): Promise<CreatedKey> {
  // The institution's row is locked, so that two requests at once cannot make three keys.
  const { rows } = await client.query<{ id: number; live: number }>(
    `select i.id,
            (select count(*)::int from institution_key k
              where k.institution_id = i.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) as live
       from institution i
      where i.code = $1
        for update of i`,
    [input.institution],
  );
  const [institution] = rows;
  if (!institution) return { kind: 'refused', reason: 'institution-unknown' };
  if (institution.live >= 2) return { kind: 'refused', reason: 'two-live-keys' };

  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyId = `${input.institution.toLowerCase()}-${randomBytes(6).toString('hex')}`;
  const scopes = [...(input.scopes ?? KEY_SCOPES)];
  await client.query(
    `insert into institution_key (id, institution_id, public_key, scopes, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [keyId, institution.id, rawPublicKey(publicKey), scopes, input.expiresAt ?? null],
  );
  await client.query(
    `insert into audit_event (actor_id, action, subject_type, subject_id, detail)
     values ($1, 'key.created', 'institution', $2, $3)`,
    [input.actorId ?? null, input.institution, { keyId, scopes, expiresAt: input.expiresAt?.toISOString() ?? null }],
  );
  return { kind: 'created', keyId, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** The 32 bytes of RFC 8032 behind the fixed head of the DER form. */
function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32);
}
