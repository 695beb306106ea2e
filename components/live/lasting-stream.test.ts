import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastingStream } from './lasting-stream';

/** A browser's stream, as far as the specification has it: after an error it opens itself again, unless the answer was a refusal. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 0;
  constructor(readonly address: string) {
    super();
    Stream.opened.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  fail({ refused }: { refused: boolean }) {
    this.readyState = refused ? Stream.CLOSED : 0;
    this.dispatchEvent(new Event('error'));
  }
  say(data: string) {
    this.dispatchEvent(new MessageEvent('pulse', { data }));
  }
}

const last = () => Stream.opened.at(-1) as Stream;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  Stream.opened = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a stream that was refused is asked for again, and goes on where it is granted', () => {
  const heard: string[] = [];
  const end = lastingStream('/api/live', 'pulse', (data) => heard.push(data));
  last().say('one');
  last().fail({ refused: true });
  vi.advanceTimersByTime(15_000);
  last().fail({ refused: true });
  vi.advanceTimersByTime(15_000);
  expect(Stream.opened).toHaveLength(3);
  last().say('two');
  expect(heard).toEqual(['one', 'two']);
  end();
});

test('a stream that broke off is left to the browser, which opens it again by itself', () => {
  const end = lastingStream('/api/live', 'pulse', () => {});
  last().fail({ refused: false });
  vi.advanceTimersByTime(60_000);
  expect(Stream.opened).toHaveLength(1);
  end();
});

test('whoever has left is not asked for again', () => {
  const end = lastingStream('/api/live', 'pulse', () => {});
  last().fail({ refused: true });
  end();
  vi.advanceTimersByTime(60_000);
  expect(Stream.opened).toHaveLength(1);
  expect(last().readyState).toBe(Stream.CLOSED);
});
