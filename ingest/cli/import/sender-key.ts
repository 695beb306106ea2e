import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { createKey } from '@/server/commands/feed/create-key';
import { registerImporter } from '@/server/commands/institutions/register-unknown';
import { isLive, signingKeys } from '@/server/queries/keys/signing-keys';
import { Failure } from '../failure';
import { type Installation, withDatabase } from '../installation';
import { type KeyFile, readKeyFile, writeKeyFile } from '../key-file';

/** The institution in whose name files are imported unless told otherwise: a clearing-kind one, which may speak of every payment. */
export const IMPORTER = 'IMPORT';
const SCOPES = ['transactions', 'iso20022'] as const;

/**
 * The key to sign with: the given file's, else the one that is kept for the institution in the data folder.
 * Where none is kept, or the kept one is revoked, expired or of another database, a new one is made through the local database.
 */
export async function senderKey(
  here: Installation,
  asked: { readonly institution?: string | undefined; readonly keyFile?: string | undefined },
): Promise<KeyFile> {
  if (asked.keyFile) {
    const key = readKeyFile(asked.keyFile);
    if (asked.institution && asked.institution !== key.institution) {
      throw new Failure(`The key file is ${key.institution}'s, not ${asked.institution}'s.`);
    }
    return key;
  }
  const institution = asked.institution ?? IMPORTER;
  const file = path.join(here.dataFolder, 'keys', `${institution}.json`);
  const kept = fs.existsSync(file) ? readKeyFile(file) : undefined;
  if (!here.databaseUrl) {
    if (kept) return kept;
    throw new Failure(`No key of ${institution} is at hand: give one with --key, or set DATABASE_URL so that one can be made.`);
  }
  return await withDatabase(here, async (client) => {
    if (kept && (await maySend(client, kept))) return kept;
    if (institution === IMPORTER) await registerImporter(client, IMPORTER);
    const created = await createKey(client, { institution, scopes: SCOPES });
    if (created.kind === 'refused') throw new Failure(REFUSALS[created.reason](institution));
    const key = { institution, keyId: created.keyId, privateKeyPem: created.privateKeyPem };
    writeKeyFile(file, key, { replace: true });
    return key;
  });
}

const REFUSALS = {
  'institution-unknown': (code: string) => `No institution is registered as ${code}.`,
  'two-live-keys': (code: string) =>
    `${code} has two live keys and neither is kept here: give one with --key, or revoke one (headwater key list ${code}).`,
};

async function maySend(client: pg.ClientBase, { institution, keyId }: KeyFile): Promise<boolean> {
  const key = (await signingKeys(client, { institution })).find((each) => each.keyId === keyId);
  return key !== undefined && isLive(key, new Date()) && SCOPES.every((scope) => key.scopes.includes(scope));
}
