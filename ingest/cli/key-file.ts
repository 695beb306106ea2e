import { createPrivateKey } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { Failure } from './failure';

/** A signing key as `headwater key create` hands it out. */
export const KeyFile = z.object({ institution: z.string(), keyId: z.string(), privateKeyPem: z.string() });
export type KeyFile = z.infer<typeof KeyFile>;

export function readKeyFile(file: string): KeyFile {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`The key file cannot be read: ${(error as Error).message}`);
  }
  try {
    const key = KeyFile.parse(JSON.parse(text));
    createPrivateKey(key.privateKeyPem);
    return key;
  } catch {
    throw new Failure(`${file} is no key file: it must be the JSON that "headwater key create" gives (institution, keyId, privateKeyPem).`);
  }
}

/** Written for the owner's eyes only, and never over another file. */
export function writeKeyFile(file: string, key: KeyFile, { replace = false } = {}): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const flag = replace ? 'w' : 'wx';
  try {
    fs.writeFileSync(file, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new Failure(`${file} is there already; it is not overwritten.`);
    throw error;
  }
}
