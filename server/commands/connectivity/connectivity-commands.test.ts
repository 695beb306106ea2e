import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionId, UserId } from '@/domain/ids';
import type { Role } from '@/domain/permissions';
import { database } from '@/server/database';
import { certificates } from '@/server/queries/connectivity/certificates';
import { incidents } from '@/server/queries/connectivity/incidents';
import type { Actor } from '@/server/session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';
import { testActor } from '@/server/testing/test-actor';
import { acknowledgeIncident } from './acknowledge-incident';
import { announceStop } from './announce-stop';
import { cancelStop } from './cancel-stop';
import { stepCertificate } from './certificate-steps';
import { configureEndpoints, EndpointEntry } from './configure-endpoints';
import { setAvailabilityTarget } from './set-availability-target';

const NOW = new Date('2026-11-23T10:00:00Z');
const HOUR_MS = 3_600_000;
const FINGERPRINT = 'a'.repeat(64);
let db: Awaited<ReturnType<typeof freshDatabase>>;
let userId: string;

beforeAll(async () => {
  db = await freshDatabase();
  useConsoleDatabase(db.url);
  await db.pool.query(
    `insert into institution (id, code, kind, category, name_zh, name_en, short_zh, short_en)
     select n, 'I' || n, 'bank', 'other', 'I' || n, 'I' || n, 'I' || n, 'I' || n from generate_series(1, 3) as n`,
  );
  const { rows } = await db.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ('zhou', 'Zhou Min', 'operator', '-') returning id`,
  );
  userId = rows[0].id;
  await db.pool.query(
    `insert into certificate (institution_id, line, party, fingerprint, subject, issuer, not_before, not_after, first_seen_at, last_seen_at)
     values (1, 'dc1', 'server', $1, 'CN=a', 'CN=ca', '2026-01-01', '2026-12-10', '2026-01-01', '2026-11-23')`,
    [FINGERPRINT],
  );
});
afterAll(async () => {
  await database().$disconnect();
  await db.drop();
});

const person = (role: Role): Actor => ({
  ...testActor(),
  role,
  id: userId as UserId,
  sessionId: '00000000-0000-4000-8000-000000000002' as SessionId,
});
const operator = () => person('operator');
const audited = async (action: string) =>
  (await db.pool.query('select subject_id as id, detail from audit_event where action = $1 order by id', [action])).rows;

async function openIncident(memberIds: readonly number[]): Promise<string> {
  const { rows } = await db.pool.query(
    `insert into incident (scope, line, layer, direction, state, detail, opened_at) values ('line', 'dc1', 'network', 'outbound', 'down', 'cut', $1) returning id::text as id`,
    [NOW],
  );
  for (const id of memberIds)
    await db.pool.query(`insert into incident_member (incident_id, institution_id, from_at, state) values ($1, $2, $3, 'down')`, [
      rows[0].id,
      id,
      NOW,
    ]);
  return rows[0].id;
}

describe('acknowledging an incident', () => {
  test('keeps who, when and the note, is audited with it, and the first word stands', async () => {
    const id = await openIncident([1, 2]);
    await acknowledgeIncident(person('regulator'), { id, note: 'on it', at: NOW });
    await expect(acknowledgeIncident(operator(), { id, note: 'me too', at: NOW })).rejects.toMatchObject({ name: 'Conflict' });
    const { rows } = await incidents(testActor(), { locale: 'en', id, limit: 1 });
    expect(rows[0]).toMatchObject({ acknowledgedBy: 'Zhou Min', note: 'on it', members: 2 });
    expect((await audited('incident.acknowledged')).filter((one) => one.id === id)).toEqual([{ id, detail: { note: 'on it' } }]);
  });

  test('is refused to who only reads, and to an empty note; nothing is written then', async () => {
    const id = await openIncident([1]);
    for (const role of ['compliance', 'admin', 'institution'] as const)
      await expect(acknowledgeIncident(person(role), { id, note: 'on it', at: NOW })).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(acknowledgeIncident(operator(), { id, note: ' ', at: NOW })).rejects.toThrow();
    await expect(acknowledgeIncident(operator(), { id: '999999', note: 'on it', at: NOW })).rejects.toMatchObject({ name: 'NotFound' });
    expect((await audited('incident.acknowledged')).some((one) => one.id === id)).toBe(false);
  });

  test('an institution’s own people see only incidents they were in, and of the members themselves', async () => {
    const id = await openIncident([1, 2]);
    const theirs = await incidents(testActor({ institutionId: 2 }), { locale: 'en', id, limit: 5 });
    expect(theirs.rows[0]).toMatchObject({ members: 1, codes: ['I2'] });
    expect((await incidents(testActor({ institutionId: 3 }), { locale: 'en', id, limit: 5 })).total).toBe(0);
  });
});

describe('an announced stop', () => {
  const stop = (given: object = {}) => ({
    institution: 'I1' as never,
    line: null,
    from: new Date(NOW.getTime() + HOUR_MS),
    to: new Date(NOW.getTime() + 3 * HOUR_MS),
    reason: 'new core',
    at: NOW,
    ...given,
  });

  test('is kept and audited, and can be taken back once', async () => {
    const id = await announceStop(operator(), stop());
    expect((await audited('stop.announced')).at(-1)).toMatchObject({ id: 'I1', detail: { stop: id, reason: 'new core' } });
    await cancelStop(operator(), { id, at: NOW });
    await expect(cancelStop(operator(), { id, at: NOW })).rejects.toMatchObject({ name: 'Conflict' });
    expect(await audited('stop.cancelled')).toHaveLength(1);
  });

  test('cannot begin in the past, end before it begins, or last longer than a week', async () => {
    for (const wrong of [
      { from: new Date(NOW.getTime() - 1) },
      { to: new Date(NOW.getTime() + HOUR_MS) },
      { to: new Date(NOW.getTime() + 8 * 24 * HOUR_MS) },
    ])
      await expect(announceStop(operator(), stop(wrong))).rejects.toMatchObject({ name: 'Invalid' });
    await expect(announceStop(person('regulator'), stop())).rejects.toMatchObject({ name: 'Forbidden' });
  });
});

describe('a certificate', () => {
  const step = (to: 'pending-renewal' | 'revoked') =>
    stepCertificate(operator(), {
      institution: 'I1' as never,
      line: 'dc1',
      party: 'server',
      fingerprint: FINGERPRINT,
      to,
      note: 'by friday',
      at: NOW,
    });
  const state = async () => (await certificates(testActor(), { institutionId: 1, at: NOW }))[0];

  test('takes the steps that its state allows and no other, each audited', async () => {
    expect(await state()).toMatchObject({ state: 'expiring', daysLeft: 16 });
    await step('pending-renewal');
    expect((await state())?.state).toBe('pending-renewal');
    await expect(step('pending-renewal')).rejects.toMatchObject({ name: 'Conflict' });
    await step('revoked');
    expect((await state())?.state).toBe('revoked');
    await expect(step('pending-renewal')).rejects.toMatchObject({ name: 'Conflict' });
    expect(await audited('certificate.renewal-asked')).toHaveLength(1);
    expect((await audited('certificate.revoked'))[0]).toMatchObject({ id: FINGERPRINT, detail: { from: 'pending-renewal' } });
    expect(await certificates(testActor({ institutionId: 2 }), { institutionId: 1, at: NOW })).toEqual([]);
  });
});

test('endpoints are configured all or none, only of registered institutions, only into networks, and audited', async () => {
  const entry = EndpointEntry.parse({
    institution: 'I1',
    line: 'dc1',
    host: 'line.bank.example',
    port: 443,
    serverName: 'line.bank.example',
    networks: ['10.1.0.0/16'],
    trustedCa: '-----BEGIN CERTIFICATE-----',
  });
  const client = await db.pool.connect();
  try {
    expect(await configureEndpoints(client, [entry, { ...entry, institution: 'NOBODY' }])).toEqual({
      kind: 'refused',
      unknown: ['NOBODY'],
    });
    expect((await client.query('select from probe_endpoint')).rowCount).toBe(0);
    expect(await configureEndpoints(client, [entry])).toEqual({ kind: 'configured', count: 1 });
    expect(await configureEndpoints(client, [{ ...entry, port: 8443, disabled: true }])).toEqual({ kind: 'configured', count: 1 });
    const { rows } = await client.query('select port, disabled_at is not null as disabled from probe_endpoint');
    expect(rows).toEqual([{ port: 8443, disabled: true }]);
  } finally {
    client.release();
  }
  expect(await audited('endpoint.configured')).toHaveLength(2);
  for (const wrong of [
    { networks: [] },
    { networks: ['example'] },
    { networks: ['10.0.0.0/33'] },
    { port: 0 },
    { trustedCa: '' },
    { host: 'a b' },
  ])
    expect(EndpointEntry.safeParse({ ...entry, ...wrong }).success).toBe(false);
});

test('the target is set by who operates, within reason, and audited with what it was', async () => {
  await setAvailabilityTarget(operator(), { ppm: 999_500, at: NOW });
  await setAvailabilityTarget(operator(), { ppm: 999_900, at: NOW });
  expect((await audited('availability-target.set')).at(-1)?.detail).toEqual({ before: { ppm: 999_500 }, ppm: 999_900 });
  await expect(setAvailabilityTarget(person('admin'), { ppm: 999_900, at: NOW })).rejects.toMatchObject({ name: 'Forbidden' });
  await expect(setAvailabilityTarget(operator(), { ppm: 1_000_001, at: NOW })).rejects.toThrow();
});
