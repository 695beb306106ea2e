import 'server-only';
import type pg from 'pg';

export type SigningKeyRow = {
  readonly keyId: string;
  readonly institution: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
};

/** Signing keys, of one institution or of all, oldest first within each. For the operator's command line: no signed-in person asks. */
export async function signingKeys(
  client: pg.ClientBase,
  input: { readonly institution?: string | undefined },
): Promise<readonly SigningKeyRow[]> {
  const { rows } = await client.query<SigningKeyRow>(
    `select k.id as "keyId", i.code as institution, k.scopes, k.created_at as "createdAt", k.expires_at as "expiresAt",
            k.revoked_at as "revokedAt"
       from institution_key k
       join institution i on i.id = k.institution_id
      where $1::text is null or i.code = $1
      order by i.code, k.created_at`,
    [input.institution ?? null],
  );
  return rows;
}

/** Whether a key may sign now. */
export function isLive(key: SigningKeyRow, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}
