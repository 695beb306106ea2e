import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Spread } from './spread';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that says what it is told to say, and counts how often it is asked. */
function server() {
  const state = { spread: false, asked: 0 };
  const ask = async () => {
    state.asked++;
    return { spread: state.spread };
  };
  return { state, spread: new Spread(ask) };
}

test('a process that was running before its tables were spread learns of it within a minute', async () => {
  const { state, spread } = server();
  expect(await spread.overServers(undefined)).toBe(false);
  state.spread = true;
  vi.advanceTimersByTime(60_001);
  expect(await spread.overServers(undefined)).toBe(true);
});

test('the server is not asked for every batch, and never again once it said yes', async () => {
  const { state, spread } = server();
  for (let batch = 0; batch < 5; batch++) await spread.overServers(undefined);
  expect(state.asked).toBe(1);
  state.spread = true;
  vi.advanceTimersByTime(60_001);
  await spread.overServers(undefined);
  vi.advanceTimersByTime(600_000);
  expect(await spread.overServers(undefined)).toBe(true);
  expect(state.asked).toBe(2);
});
