// Demo mode only: registers the simulated country, a key for each of its institutions, and the demo's people. Idempotent.
// Prints {logins, password} for the starter to show.
import fs from 'node:fs';
import pg from 'pg';
import { createKey } from '@/server/commands/feed/create-key';
import { DEMO_PASSWORD, DEMO_USERS, seedDemoUsers } from '@/server/commands/session/seed-demo-users';
import { database } from '@/server/database';
import { environment } from '@/server/environment';
import { type CountryInstitution, countryInstitutions } from '@/simulator/country';
import { demoConnectivity } from './demo-connectivity';

type KeyFile = Record<string, { keyId: string; privateKeyPem: string }>;

const client = new pg.Client({ connectionString: environment().DATABASE_URL });
await client.connect();
try {
  const country = countryInstitutions(Number(process.env.SIM_SEED ?? 1));
  await register(client, country);
  await capNetDebits(client, country);
  await issueKeys(client, country, process.env.HEADWATER_SIM_KEYS ?? '.data/simulator-keys.json');
  await demoConnectivity(client, country, Number(process.env.SIM_SEED ?? 1), Math.floor(Date.now() / 1000));
  await seedDemoUsers();
  process.stdout.write(JSON.stringify({ logins: DEMO_USERS.map(({ login }) => login), password: DEMO_PASSWORD }));
} finally {
  await client.end();
  await database().$disconnect();
}

async function register(on: pg.ClientBase, country: readonly CountryInstitution[]): Promise<void> {
  await on.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en, pinyin_initials, cnaps_no, licence_no, simulated)
     select code, kind::institution_kind, category::institution_category, "nameZh", "nameEn", "shortZh", "shortEn", "pinyinInitials",
            "cnapsNo", "licenceNo", true
       from jsonb_to_recordset($1) as t (code text, kind text, category text, "nameZh" text, "nameEn" text, "shortZh" text, "shortEn" text,
                                         "pinyinInitials" text, "cnapsNo" text, "licenceNo" text)
     on conflict (code) do nothing`,
    [JSON.stringify(country)],
  );
}

/** A net debit cap for every simulated participant that has none: its share of the traffic, in the size of one settlement session. */
async function capNetDebits(on: pg.ClientBase, country: readonly CountryInstitution[]): Promise<void> {
  const rate = Number(process.env.SIM_RATE ?? 0.4);
  const capped = country.filter(({ kind }) => kind !== 'clearing');
  await on.query(
    `update institution i
        set net_debit_cap_minor = d.cap_minor
       from unnest($1::text[], $2::bigint[]) as d (code, cap_minor)
      where i.code = d.code and i.simulated and i.net_debit_cap_minor is null`,
    [capped.map(({ code }) => code), capped.map(({ weight }) => Math.round(Math.max(200_000, weight * 6_000_000) * (rate / 0.4)) * 100)],
  );
}

/** Keeps the keys of an earlier start when the file and the database still agree on them. */
async function issueKeys(on: pg.ClientBase, country: readonly CountryInstitution[], at: string): Promise<void> {
  const kept: KeyFile = fs.existsSync(at) ? JSON.parse(fs.readFileSync(at, 'utf8')) : {};
  const { rows } = await on.query<{ id: string }>('select id from institution_key where revoked_at is null');
  const live = new Set(rows.map((row) => row.id));
  const missing = country.filter(({ code }) => !live.has(kept[code]?.keyId ?? ''));
  if (missing.length === 0) return;
  await on.query(
    `update institution_key k
        set revoked_at = now()
       from institution i
      where i.id = k.institution_id and i.simulated and i.code = any($1) and k.revoked_at is null`,
    [missing.map(({ code }) => code)],
  );
  for (const { code } of missing) {
    const key = await createKey(on, { institution: code });
    if (key.kind === 'refused') throw new Error(`no key for ${code}: ${key.reason}`);
    kept[code] = { keyId: key.keyId, privateKeyPem: key.privateKeyPem };
  }
  fs.writeFileSync(at, JSON.stringify(kept), { mode: 0o600 });
}
