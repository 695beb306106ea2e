import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '@/domain/canonical-json';
import { CERTIFICATE_FORMAT } from '@/domain/cut-over/certificate';
import { EVIDENCE_FORMAT, type Evidence } from '@/domain/cut-over/evidence';
import { sha256, signCertificate } from '@/server/cut-over/certificate-signature';

const NONE = { count: '0', minor: '0' };
const ONE = { count: '1', minor: '100' };
const SAID = { clearedCount: '1', clearedMinor: '100', directCount: '0', directMinor: '0', directInterface: 'closed' as const };
const DIGEST = '0'.repeat(64);
const declarations = { days: 1, clearedCount: '1', clearedMinor: '100', directCount: '0', directMinor: '0', sha256: DIGEST };
const evidence: Evidence = {
  format: EVIDENCE_FORMAT,
  subject: { institution: 'PAY', bank: 'BANK', businessType: 'agreement', currency: 'CNY' },
  period: { from: '2026-11-01', to: '2026-11-01', timeZone: 'UTC+8' },
  watermark: { xid: '7', batch: '42', at: '2026-11-23T00:00:00.000Z' },
  rules: { matching: '1', keysToleranceSeconds: 120, referenceToleranceSeconds: 86_400, minimumDays: 1, coverageMinPercent: 100 },
  clearing: { records: ONE, unconfirmed: NONE, sha256: DIGEST },
  bank: { debits: ONE, matched: ONE, residual: NONE, nested: NONE, sha256: DIGEST, declarations },
  institution: { declarations, elsewhere: NONE },
  agreements: { used: 0, covered: 0 },
  days: [{ day: '2026-11-01', clearing: ONE, debits: ONE, residual: NONE, bank: SAID, institution: SAID }],
  sources: [],
  gaps: { silentHours: [], quarantined: [], direct: NONE },
  gate: { percent: 100, frozen: false },
  result: { migratedByCount: '1.000000', migratedByValue: '1.000000', agreementCoverage: null },
};

let folder: string;
let file: string;
let document: string;
let fingerprint: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-certificate-'));
  file = path.join(folder, 'certificate.json');
  document = signed(evidence);
  fingerprint = JSON.parse(document).key.fingerprint;
  fs.writeFileSync(file, document);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function signed(of: Evidence, approver = 'bob'): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const person = { name: 'X', at: '2026-11-23T00:00:00.000Z', note: 'n' };
  return signCertificate(
    {
      format: CERTIFICATE_FORMAT,
      id: '00000000-0000-4000-8000-000000000001',
      names: { institution: { zh: '甲', en: 'A' }, bank: { zh: '乙', en: 'B' } },
      evidence: of,
      evidenceSha256: sha256(canonicalJson(of)),
      requested: { login: 'ann', ...person },
      approved: { login: approver, ...person },
    },
    privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  );
}

// Without a database, a gateway or any variable: offline.
const environment = { PATH: process.env.PATH, NODE_ENV: 'test' as const };
const headwater = (...words: string[]) =>
  spawnSync(process.execPath, ['scripts/headwater.mjs', 'certificate', 'verify', ...words], { encoding: 'utf8', env: environment });
const single = (...words: string[]) =>
  spawnSync(process.execPath, ['public/verify-cut-over-certificate.mjs', ...words], { encoding: 'utf8', env: environment });

describe.each([
  ['the command line', headwater],
  ['the single file', single],
])('%s', (_name, run) => {
  test('accepts a whole certificate under the key that was published, and says where the key was not compared', { timeout: 60_000 }, () => {
    const known = run(file, '--fingerprint', fingerprint);
    expect([known.status, known.stdout.toLowerCase()]).toEqual([0, expect.stringContaining('valid: pay × bank × agreement')]);
    expect(known.stdout).not.toContain('not checked');
    expect(run(file).stdout).toContain('not checked');
  });

  test('refuses another key, a changed figure, one person in both places, and evidence that proves nothing', { timeout: 120_000 }, () => {
    const as = (name: string, content: string) => {
      const at = path.join(folder, name);
      fs.writeFileSync(at, content);
      return at;
    };
    expect(run(file, '--fingerprint', DIGEST).status).toBe(1);
    expect(run(as('changed.json', document.replace('"minor":"100"', '"minor":"900"'))).status).toBe(1);
    expect(run(as('alone.json', signed(evidence, 'ann'))).status).toBe(1);
    expect(run(as('unproven.json', signed({ ...evidence, bank: { ...evidence.bank, residual: ONE } }))).status).toBe(1);
  });
});
