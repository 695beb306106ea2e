import 'server-only';
import type pg from 'pg';

export type RevokeKey = { readonly keyId: string; readonly actorId?: string };
export type RevokedKey =
  | { readonly kind: 'revoked'; readonly revokedAt: Date }
  | { readonly kind: 'refused'; readonly reason: 'key-unknown' };

/** Ends a signing key for good. The gateway refuses it within five seconds; revoking twice keeps the first time. */
export async function revokeKey(client: pg.Pool | pg.ClientBase, input: RevokeKey): Promise<RevokedKey> {
  const { rows } = await client.query<{ revoked_at: Date }>(
    `with before as (
       select id, revoked_at from institution_key where id = $1 for update
     ), revoked as (
       update institution_key k
          set revoked_at = coalesce(k.revoked_at, $3)
         from before
        where k.id = before.id
       returning k.id, k.revoked_at, before.revoked_at is null as is_new
     ), audited as (
       insert into audit_event (actor_id, action, subject_type, subject_id, detail)
       select $2::uuid, 'key.revoked', 'institution_key', id, '{}'
         from revoked
        where is_new
     )
     select revoked_at from revoked`,
    [input.keyId, input.actorId ?? null, new Date()],
  );
  const [row] = rows;
  return row ? { kind: 'revoked', revokedAt: row.revoked_at } : { kind: 'refused', reason: 'key-unknown' };
}
