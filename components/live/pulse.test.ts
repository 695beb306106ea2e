import { expect, test } from 'vitest';
import { parsePulse } from './pulse';

const wire = {
  at: '2026-11-23T09:00:01Z',
  dataAt: '2026-11-23T09:00:00Z',
  tps: 7000,
  succeeded: 6990,
  declined: 5,
  failed: 3,
  unknown: 2,
  lagMs: 812,
  rowsBehind: 0,
  connectivityAt: '2026-11-23T08:59:59Z',
};

test('a pulse of the monitor is read whole', () => {
  expect(parsePulse(JSON.stringify(wire))).toEqual({
    ...wire,
    at: new Date(wire.at),
    dataAt: new Date(wire.dataAt),
    connectivityAt: new Date(wire.connectivityAt),
  });
});

test('before the first payment there is a pulse without data time or lag', () => {
  expect(parsePulse(JSON.stringify({ ...wire, dataAt: null, lagMs: undefined }))).toMatchObject({ dataAt: null, lagMs: null });
});

test('a pulse without the platform’s counts still says when', () => {
  const { at, dataAt, lagMs, rowsBehind } = wire;
  const pulse = parsePulse(JSON.stringify({ at, dataAt, lagMs, rowsBehind }));
  expect(pulse).toMatchObject({ at: new Date(at), lagMs, tps: null, unknown: null });
});

test('whatever is no pulse is passed over', () => {
  for (const text of ['', 'null', '[]', '{}', '{"at":"never"}', JSON.stringify({ ...wire, tps: '7' }), JSON.stringify({ ...wire, at: 5 })])
    expect(parsePulse(text)).toBeUndefined();
});
