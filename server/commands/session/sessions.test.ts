import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endSession } from '@/server/commands/session/end-session';
import { hashPassword, passwordMatches } from '@/server/commands/session/hash-password';
import { seedDemoUsers } from '@/server/commands/session/seed-demo-users';
import { signIn } from '@/server/commands/session/sign-in';
import { touchSession } from '@/server/commands/session/touch-session';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import { liveSession } from '@/server/queries/session/live-session';
import { useConsoleDatabase } from '@/server/testing/console-environment';
import { freshDatabase } from '@/server/testing/fresh-database';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
const now = new Date('2026-11-23T09:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const MINUTE = 60_000;

beforeAll(async () => {
  fresh = await freshDatabase();
  useConsoleDatabase(fresh.url);
});
afterAll(async () => {
  await database().$disconnect();
  await fresh.drop();
});
beforeEach(async () => {
  await seedDemoUsers();
});

const enter = async (password = 'headwater-demo', at = now, login = 'regulator') =>
  await signIn({ login, password }, { now: at, userAgent: 'test' });
async function opened(at = now): Promise<string> {
  const answer = await enter('headwater-demo', at);
  if (answer.kind !== 'signed-in') throw new Error('the sign-in was refused');
  return answer.sessionId;
}
const end = async (sessionId: string, at: Date) => {
  const session = await liveSession(sessionId, at);
  return session.kind === 'ended' ? session.why : undefined;
};

test('the right password opens a session that says who and what role', async () => {
  const session = await liveSession(await opened(), now);
  expect(session.kind === 'live' && session.actor).toMatchObject({ login: 'regulator', role: 'regulator', institutionId: null });
});

test('a wrong password, an unknown login and a disabled person are told the same', async () => {
  const wrong = { kind: 'refused', reason: 'wrong' };
  await database().appUser.update({ where: { login: 'operator' }, data: { disabledAt: now } });
  expect(await enter('not it')).toEqual(wrong);
  expect(await enter('headwater-demo', now, 'nobody')).toEqual(wrong);
  expect(await enter('headwater-demo', now, 'operator')).toEqual(wrong);
  expect(await signIn({ login: 'regulator' }, { now, userAgent: null })).toEqual(wrong);
  await database().appUser.update({ where: { login: 'operator' }, data: { disabledAt: null } });
});

test('after five failures in a row even the right password waits, and one success clears the count', async () => {
  for (let i = 1; i < 5; i++) expect(await enter('not it')).toEqual({ kind: 'refused', reason: 'wrong' });
  expect(await enter('not it')).toEqual({ kind: 'refused', reason: 'wait', waitMs: 30_000 });
  expect(await enter('headwater-demo', later(29_000))).toEqual({ kind: 'refused', reason: 'wait', waitMs: 1_000 });
  expect((await enter('headwater-demo', later(30_000))).kind).toBe('signed-in');
  expect(await enter('not it', later(31_000))).toEqual({ kind: 'refused', reason: 'wrong' });
});

test('guesses that arrive at the same moment get no more tries than guesses one after the other', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => enter('not it')));
  expect(answers.filter((answer) => answer.kind === 'refused' && answer.reason === 'wrong')).toHaveLength(4);
  expect(answers.filter((answer) => answer.kind === 'refused' && answer.reason === 'wait')).toHaveLength(8);
  expect(await database().appUser.findUniqueOrThrow({ where: { login: 'regulator' } })).toMatchObject({ failedAttempts: 5 });
});

test('a name that nobody has, and one that is locked, wait like any other', async () => {
  await database().appUser.update({ where: { login: 'operator' }, data: { disabledAt: now } });
  for (const login of ['nobody-at-all', 'operator']) {
    for (let i = 1; i < 5; i++) expect(await enter('headwater-demo', now, login)).toEqual({ kind: 'refused', reason: 'wrong' });
    expect(await enter('headwater-demo', now, login)).toEqual({ kind: 'refused', reason: 'wait', waitMs: 30_000 });
    expect(await enter('headwater-demo', later(10_000), login)).toEqual({ kind: 'refused', reason: 'wait', waitMs: 20_000 });
  }
  await database().appUser.update({ where: { login: 'operator' }, data: { disabledAt: null } });
});

test('a session ends after 15 idle minutes and after 8 hours however busy', async () => {
  const idle = await opened();
  expect(await end(idle, later(15 * MINUTE - 1))).toBeUndefined();
  expect(await end(idle, later(15 * MINUTE))).toBe('idle');
  const busy = await opened();
  for (let at = 10; at <= 480; at += 10) {
    const session = await liveSession(busy, later(at * MINUTE));
    if (session.kind === 'live')
      await touchSession(session.actor.sessionId, { lastSeenAt: session.lastSeenAt, activeAt: later(at * MINUTE) });
  }
  expect(await end(busy, later(480 * MINUTE - 1))).toBeUndefined();
  expect(await end(busy, later(480 * MINUTE))).toBe('expired');
});

test('activity never moves back', async () => {
  const id = await opened();
  const session = await liveSession(id, now);
  if (session.kind !== 'live') throw new Error('the session is not live');
  await touchSession(session.actor.sessionId, { lastSeenAt: now, activeAt: later(5 * MINUTE) });
  await touchSession(session.actor.sessionId, { lastSeenAt: now, activeAt: later(1 * MINUTE) });
  expect(await end(id, later(19 * MINUTE))).toBeUndefined();
});

test('sign-out, a lock and a changed role act on the very next look', async () => {
  const id = await opened();
  await database().appUser.update({ where: { login: 'regulator' }, data: { role: 'operator' } });
  const demoted = await liveSession(id, now);
  expect(demoted.kind === 'live' && demoted.actor.role).toBe('operator');
  await database().appUser.update({ where: { login: 'regulator' }, data: { role: 'regulator', disabledAt: now } });
  expect(await end(id, now)).toBe('disabled');
  await database().appUser.update({ where: { login: 'regulator' }, data: { disabledAt: null } });
  const session = await liveSession(id, now);
  if (session.kind !== 'live') throw new Error('the session is not live');
  await endSession(session.actor, { sessionId: id, now });
  expect(await end(id, now)).toBe('revoked');
});

test("nobody ends another person's session", async () => {
  const theirs = await opened();
  const mine = await signIn({ login: 'compliance', password: 'headwater-demo' }, { now, userAgent: null });
  if (mine.kind !== 'signed-in') throw new Error('the sign-in was refused');
  const me = await liveSession(mine.sessionId, now);
  if (me.kind !== 'live') throw new Error('the session is not live');
  await expect(endSession(me.actor, { sessionId: theirs, now })).rejects.toBeInstanceOf(NotFound);
  expect(await end(theirs, now)).toBeUndefined();
});

test('a session id that is none is absent, not an error', async () => {
  for (const id of ['', 'x', "'; drop table app_session; --", '00000000-0000-4000-8000-000000000000'])
    expect(await end(id, now)).toBe('absent');
});

test('opening, refusing and ending are in the audit log', async () => {
  const before = await database().auditEvent.count();
  const id = await opened();
  await enter('not it');
  const actions = await database().auditEvent.findMany({ orderBy: { id: 'desc' }, take: 2, select: { action: true, subjectId: true } });
  expect(actions.map((event) => event.action)).toEqual(['session.refused', 'session.opened']);
  expect(actions[1]?.subjectId).toBe(id);
  expect(await database().auditEvent.count()).toBe(before + 2);
});

test('passwords are kept as argon2id with 19 MiB, two passes, one lane', async () => {
  const kept = await hashPassword('correct horse');
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordMatches(kept, 'correct horse')).toBe(true);
  expect(await passwordMatches(kept, 'correct hors')).toBe(false);
  expect(await passwordMatches('nonsense', 'x')).toBe(false);
});
