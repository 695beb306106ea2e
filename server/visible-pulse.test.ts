import { expect, test } from 'vitest';
import { visiblePulse } from './visible-pulse';

const wire = {
  at: '2026-11-23T09:00:01Z',
  dataAt: null,
  tps: 7000,
  succeeded: 6990,
  declined: 5,
  failed: 3,
  unknown: 2,
  lagMs: 8,
  rowsBehind: 40,
};
const event = { id: 7, body: JSON.stringify(wire) };

test('overseers hear the whole pulse', () => {
  expect(visiblePulse({ institutionId: null }, event)).toEqual(event);
});

test('an institution’s own people hear when, and nothing of how much the platform does', () => {
  const heard = visiblePulse({ institutionId: 3 }, event);
  expect(heard.id).toBe(7);
  expect(JSON.parse(heard.body)).toEqual({ at: wire.at, dataAt: null, lagMs: 8 });
});

test('a word that cannot be read is not passed on to them', () => {
  for (const body of ['', 'tps 7000', '[7000]', '{"tps":7000}'])
    expect(visiblePulse({ institutionId: 3 }, { id: 1, body }).body).toBe('null');
});
