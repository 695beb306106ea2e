// The installation's own secrets, made once and kept beside its data. In production they come from the environment.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './say.mjs';

const NAMES = ['NEXTAUTH_SECRET', 'HEADWATER_ACCOUNT_KEY', 'HEADWATER_RECEIPT_KEY'];

/** Environment variables with the secrets. `NAME_FILE` may name a file that holds one. */
export function secrets({ home, production }) {
  const given = Object.fromEntries(
    NAMES.flatMap((name) => {
      const file = process.env[`${name}_FILE`];
      const value = file ? fs.readFileSync(file, 'utf8').trim() : process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
  const missing = NAMES.filter((name) => !given[name]);
  if (missing.length === 0) return given;
  if (production)
    throw new Refusal(
      `Production mode makes no secrets of its own. Set ${missing.join(', ')} (or each with _FILE naming a file). The README says how to make them.`,
    );
  const at = path.join(home, 'secrets.json');
  if (!fs.existsSync(at)) {
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(at, JSON.stringify(fresh(), null, 2), { mode: 0o600 });
  }
  return { ...JSON.parse(fs.readFileSync(at, 'utf8')), ...given };
}

function fresh() {
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    HEADWATER_ACCOUNT_KEY: randomBytes(32).toString('base64'),
    HEADWATER_RECEIPT_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}
