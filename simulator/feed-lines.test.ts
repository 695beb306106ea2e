import { describe, expect, it } from 'vitest';
import { HeartbeatLine, LegLine, OutcomeLine, TransactionLine } from '@/ingest/feed/lines';
import { businessTime } from './business-time';
import { finalLine, heartbeatLine, legLine, resolvedLine, transactionLine } from './feed-lines';
import { heartbeatsAt } from './heartbeats';
import { historyLines } from './history';
import { Law } from './law';
import { legsOf } from './legs';
import { linesOf } from './lines';
import { Refunds } from './refunds';
import { Timeline } from './timeline';

const law = new Law({ seed: 1, meanRate: 8 });
const from = Date.parse('2026-11-20T20:00:00+08:00') / 1000;
const read = (line: string) => JSON.parse(line) as unknown;

describe('the lines of the simulator', () => {
  it('hold to the shapes of the public feed', () => {
    const refunds = new Refunds(law);
    for (let second = from; second < from + 60; second++) {
      for (const payment of [...law.payments(second), ...refunds.at(second)]) {
        const line = TransactionLine.parse(read(transactionLine(law.institutions, payment, payment.acceptedMs + 60_000)));
        expect(line.amountMinor).toBe(String(payment.amountMinor));
        expect(Date.parse(line.acceptedAt)).toBe(payment.acceptedMs);
        OutcomeLine.parse(read(finalLine(payment, payment.acceptedMs)));
        if (payment.resolution) OutcomeLine.parse(read(resolvedLine(payment)));
        for (const leg of legsOf(law, payment)) LegLine.parse(read(legLine(law.institutions, leg)));
      }
    }
  });

  it('report five layers of every line of every institution but the clearing one, in both directions, in a whole round of heartbeats', () => {
    const beats = [...heartbeatsAt(law, from, { step: 20, everybody: true })];
    const lines = law.institutions.flatMap((institution, index) => (institution.kind === 'clearing' ? [] : linesOf(institution, index)));
    expect(lines.length).toBeGreaterThan(442);
    expect(beats).toHaveLength(lines.length * 2 * 5);
    for (const beat of beats) HeartbeatLine.parse(read(heartbeatLine(beat)));
    const failed = new Set(beats.filter(({ ok }) => !ok).map(({ institution }) => institution));
    expect(failed.size).toBeGreaterThan(0);
    expect(failed.size).toBeLessThan(40);
  });

  it('probe closely only where there is trouble, and never let a flapping line recover or go down', () => {
    const flapping = [...law.disturbances.at(from + 1_200)].find(([, { flapping }]) => flapping)?.[0] as string;
    let recent = '';
    for (let round = from + 1_200; round < from + 1_200 + 20 * 20; round += 20) {
      const beats = [...heartbeatsAt(law, round, { step: 20, everybody: false })];
      if ((round / 20) % 6 !== 0) expect(new Set(beats.map(({ institution }) => institution)).size).toBeLessThan(100);
      const beat = beats.find(({ institution, layer }) => institution === flapping && layer === 'application');
      recent += beat?.ok ? '1' : '0';
    }
    expect(recent).not.toContain('111');
    for (let at = 0; at + 5 <= recent.length; at++) expect(recent.slice(at, at + 5).replaceAll('1', '')).toHaveLength(2);
  });

  it('write business time to the millisecond', () => {
    expect(businessTime(Date.parse('2026-11-23T05:45:07.003Z'))).toBe('2026-11-23T13:45:07.003+08:00');
  });
});

describe('history and the present', () => {
  const LIVE_FROM = from + 1_800;
  const idsOf = (lines: readonly string[]) => lines.map((line) => (read(line) as { id: string }).id);
  const timeline = (afterMs: number) =>
    new Timeline({ law, refunds: new Refunds(law), liveFrom: LIVE_FROM, afterMs, from: Math.floor(afterMs / 1000) - 1_740 });

  it('meet without gap or repetition', () => {
    const past = historyLines({ law, refunds: new Refunds(law), from: LIVE_FROM - 30, to: LIVE_FROM, liveFrom: LIVE_FROM });
    const present = timeline(LIVE_FROM * 1000 - 1).take((LIVE_FROM + 60) * 1000);
    const both = [...idsOf(past.transactions), ...idsOf(present.transactions)];
    expect(new Set(both).size).toBe(both.length);
    const refunds = new Refunds(law);
    const expected: string[] = [];
    for (let second = LIVE_FROM - 30; second < LIVE_FROM + 45; second++) {
      for (const { id } of [...law.payments(second), ...refunds.at(second)]) expected.push(id);
    }
    const sent = new Set(both);
    expect(expected.filter((id) => !sent.has(id))).toEqual([]);
  });

  it('give the same lines however the time is cut, and after a restart in the middle', () => {
    const end = (LIVE_FROM + 90) * 1000;
    const whole = timeline(LIVE_FROM * 1000 - 1).take(end);
    const cut = timeline(LIVE_FROM * 1000 - 1);
    const pieces = { transactions: [] as string[], outcomes: [] as string[] };
    const stop = (LIVE_FROM + 41) * 1000 + 123;
    for (let toMs = LIVE_FROM * 1000; toMs <= stop; toMs += 257) {
      const piece = cut.take(Math.min(toMs, stop));
      pieces.transactions.push(...piece.transactions);
      pieces.outcomes.push(...piece.outcomes);
    }
    const last = cut.take(stop);
    const rest = timeline(stop).take(end);
    for (const piece of [last, rest]) {
      pieces.transactions.push(...piece.transactions);
      pieces.outcomes.push(...piece.outcomes);
    }
    expect([...pieces.transactions].sort()).toEqual([...whole.transactions].sort());
    expect([...pieces.outcomes].sort()).toEqual([...whole.outcomes].sort());
    expect(whole.outcomes.length).toBeGreaterThan(0);
  });

  it('call history final only where its session was final by then', () => {
    const { transactions } = historyLines({ law, refunds: new Refunds(law), from, to: from + 20, liveFrom: from + 3_600 });
    expect(transactions.some((line) => line.includes('"finalAt"'))).toBe(false);
    const later = historyLines({ law, refunds: new Refunds(law), from, to: from + 20, liveFrom: from + 86_400 });
    for (const line of later.transactions) {
      const { status, route, finalAt } = TransactionLine.parse(read(line));
      expect(finalAt !== undefined).toBe(status === 'succeeded' && route === 'cleared');
    }
  });
});
