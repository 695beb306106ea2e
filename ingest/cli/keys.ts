import { createKey, KEY_SCOPES, type KeyScope } from '@/server/commands/feed/create-key';
import { revokeKey } from '@/server/commands/feed/revoke-key';
import { isLive, signingKeys } from '@/server/queries/keys/signing-keys';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';
import { writeKeyFile } from './key-file';

/** Makes a signing key and hands it out once: to a file of the owner's, or to standard output. */
export async function issueKey(
  here: Installation,
  institution: string,
  options: { readonly scopes?: string; readonly expires?: string; readonly out?: string },
): Promise<ExitCode> {
  const scopes = options.scopes === undefined ? [...KEY_SCOPES] : scopesOf(options.scopes);
  const expiresAt = options.expires === undefined ? undefined : expiryOf(options.expires, new Date());
  const created = await withDatabase(here, (client) => createKey(client, { institution, scopes, ...(expiresAt ? { expiresAt } : {}) }));
  if (created.kind === 'refused') {
    throw new Failure(
      created.reason === 'institution-unknown'
        ? `No institution is registered as ${institution}.`
        : `${institution} has two live keys already: revoke one first (headwater key list ${institution}).`,
    );
  }
  const key = { institution, keyId: created.keyId, privateKeyPem: created.privateKeyPem };
  if (options.out) {
    writeKeyFile(options.out, key);
    process.stdout.write(`Key ${created.keyId} of ${institution} is in ${options.out}. It is kept nowhere else.\n`);
  } else process.stdout.write(`${JSON.stringify(key, null, 2)}\n`);
  return EXIT.done;
}

export async function endKey(here: Installation, keyId: string): Promise<ExitCode> {
  const revoked = await withDatabase(here, (client) => revokeKey(client, { keyId }));
  if (revoked.kind === 'refused') throw new Failure(`There is no key ${keyId}.`);
  process.stdout.write(`Key ${keyId} is revoked since ${revoked.revokedAt.toISOString()}.\n`);
  return EXIT.done;
}

export async function listKeys(here: Installation, institution: string | undefined): Promise<ExitCode> {
  const now = new Date();
  const keys = await withDatabase(here, (client) => signingKeys(client, { institution }));
  for (const key of keys) {
    const until = key.expiresAt ? ` until ${day(key.expiresAt)}` : '';
    const state = key.revokedAt
      ? `revoked ${day(key.revokedAt)}`
      : isLive(key, now)
        ? `live${until}`
        : `expired${until.replace('until', 'on')}`;
    process.stdout.write(`${key.institution}\t${key.keyId}\t${state}\tsince ${day(key.createdAt)}\t${key.scopes.join(',')}\n`);
  }
  process.stdout.write(`${keys.length} ${keys.length === 1 ? 'key' : 'keys'}\n`);
  return EXIT.done;
}

function scopesOf(text: string): KeyScope[] {
  const scopes = text.split(',').map((scope) => scope.trim());
  const unknown = scopes.filter((scope) => !(KEY_SCOPES as readonly string[]).includes(scope));
  if (unknown.length > 0) throw new Failure(`"${unknown.join(', ')}" is no scope; there are ${KEY_SCOPES.join(', ')}.`, EXIT.usage);
  return scopes as KeyScope[];
}

/** "90d" or a date, in the future. */
function expiryOf(text: string, now: Date): Date {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  const at = days ? new Date(now.getTime() + Number(days) * 86_400_000) : new Date(text);
  if (Number.isNaN(at.getTime()) || at <= now)
    throw new Failure(`"${text}" is neither a number of days like 90d nor a date to come.`, EXIT.usage);
  return at;
}

const day = (at: Date) => at.toISOString().slice(0, 10);
