import { expect, test } from 'vitest';
import { SESSION_STREAMS_MAX, SessionStreams } from './session-streams';

test('a session holds a bounded number of streams, whatever others hold', () => {
  const streams = new SessionStreams();
  const places = Array.from({ length: SESSION_STREAMS_MAX }, () => streams.take('one'));
  expect(places).not.toContain(null);
  expect(streams.take('one')).toBeNull();
  expect(streams.take('other')).not.toBeNull();
  places[3]?.();
  expect(streams.take('one')).not.toBeNull();
  expect(streams.take('one')).toBeNull();
});

test('a place is given back once, and nothing is remembered of sessions that left', () => {
  const streams = new SessionStreams();
  const [first, second] = [streams.take('one'), streams.take('one')];
  first?.();
  first?.();
  expect(streams.sessions).toBe(1);
  second?.();
  expect(streams.sessions).toBe(0);
});
