import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TYPOLOGY_FILE, typologyRows } from '@/simulator/testing/typology-file';
import { DETECTION_SETTINGS, Detection, type Taken } from './detection';
import { randomOf } from './measure/random';
import { DAY_MS, type Movement } from './movement';
import { SHIPPED_MODELS } from './score/shipped-models';

const START_MS = Date.UTC(2026, 0, 5);

function town(seed: number, accounts = 70): readonly Movement[] {
  return typologyRows({ ...TYPOLOGY_FILE, seed, accounts, days: 16, patterns: 1 }).map((row, i) => ({
    id: `t${i}`,
    atMs: row.atMs,
    payer: `a${row.payer}`,
    payee: `a${row.payee}`,
    payerInstitution: `b${row.payer % 7}`,
    payeeInstitution: `b${row.payee % 7}`,
    amount: row.amount,
    currency: 'CNY',
    channel: 'transfer',
    terminal: `k${row.payee % 11}`,
    merchant: `m${row.payee % 12}`,
  }));
}

const plain = (taken: Taken) => JSON.parse(JSON.stringify(taken));

describe('a stream of payments', () => {
  it('stopping and starting anywhere gives the same scores and alerts, none missed and none doubled', () => {
    const movements = town(3);
    const settings = { ...DETECTION_SETTINGS, models: SHIPPED_MODELS };
    const whole = new Detection(settings);
    const expected = movements.map((movement) => plain(whole.take(movement)));
    expect(expected.some(({ changes }) => changes.length > 0)).toBe(true);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: movements.length - 1 }), { minLength: 1, maxLength: 3 }), (stops) => {
        let detection = new Detection(settings);
        for (const [i, movement] of movements.entries()) {
          // Through a copy of everything, as a store would give it back.
          if (stops.includes(i)) detection = new Detection(settings, structuredClone(detection.save()));
          expect(plain(detection.take(movement))).toEqual(expected[i]);
        }
        expect(detection.skipped).toEqual(whole.skipped);
      }),
      { numRuns: 4 },
    );
  });

  it('nothing later changes what was said before', () => {
    const movements = town(5);
    const [short, long] = [new Detection(), new Detection()];
    const half = movements.slice(0, movements.length >> 1);
    const said = half.map((movement) => plain(short.take(movement)));
    for (const [i, movement] of movements.entries()) {
      const taken = plain(long.take(movement));
      if (i < said.length) expect(taken).toEqual(said[i]);
    }
  });

  it('a town that only shops, works and pays its bills stays silent', () => {
    const random = randomOf(9);
    const detection = new Detection();
    let alerts = 0;
    for (let day = 0; day < 40; day++)
      for (let person = 0; person < 60; person++) {
        const at = START_MS + day * DAY_MS + Math.floor(random() * 3_600_000) + person;
        const shop = `shop${(person + (day % 3)) % 8}`;
        const { changes } = detection.take(payment(`${day}-${person}`, at, `p${person}`, shop, 20 + random() * 30));
        alerts += changes.filter(({ kind }) => kind === 'opened').length;
      }
    expect(alerts).toBe(0);
  });

  it('one ring that goes round and round is one alert that grows', () => {
    const detection = new Detection();
    const opened = new Set<string>();
    let at = START_MS;
    for (let round = 0; round < 6; round++)
      for (const [from, to] of [
        ['x', 'y'],
        ['y', 'z'],
        ['z', 'x'],
      ] as const) {
        at += 5 * 3_600_000;
        const { changes } = detection.take(payment(`r${round}${from}`, at, from, to, 1_000 - round));
        for (const { kind, alert } of changes) if (kind === 'opened') opened.add(alert.id);
      }
    expect(opened.size).toBe(1);
  });

  it('one subject never opens more alerts a day than it may; the rest is folded with a count', () => {
    const detection = new Detection();
    let [opened, folded] = [0, 0];
    // A distributor pays hundreds of strangers a day through rings that all come home to it.
    for (let i = 0; i < 60; i++) {
      const at = START_MS + i * 60_000;
      detection.take(payment(`a${i}`, at, 'boss', `m${i}`, 1_000 + 100 * i));
      detection.take(payment(`b${i}`, at + 10_000, `m${i}`, `n${i}`, 990 + 100 * i));
      const { changes } = detection.take(payment(`c${i}`, at + 20_000, `n${i}`, 'boss', 980 + 100 * i));
      for (const { kind, alert } of changes) {
        if (kind === 'opened' && alert.subject === 'boss') opened++;
        if (kind === 'folded') folded++;
      }
    }
    expect(opened).toBeGreaterThan(0);
    expect(opened).toBeLessThanOrEqual(DETECTION_SETTINGS.alerts.perSubjectAndDay);
    expect(folded).toBeGreaterThanOrEqual(0);
  });

  it('numbering movements anew changes nothing that is said', () => {
    const movements = town(4);
    const short = { ...DETECTION_SETTINGS.graph, horizonMs: 3 * DAY_MS, edgesMax: 1_024 };
    const settings = { ...DETECTION_SETTINGS, graph: short, settleMs: DAY_MS };
    const plainly = new Detection(settings);
    const often = new Detection({ ...settings, graph: { ...short, numbersMax: 1_200 } });
    for (let round = 0; round < 4; round++)
      for (const one of movements) {
        const movement = { ...one, id: `${round} ${one.id}`, atMs: one.atMs + round * 40 * DAY_MS };
        expect(plain(often.take(movement))).toEqual(plain(plainly.take(movement)));
      }
    expect(often.graph.next).toBeLessThan(plainly.graph.next);
  });

  it('a movement that comes late is taken as of the newest, and counted', () => {
    const detection = new Detection();
    detection.take(payment('1', START_MS + DAY_MS, 'a', 'b', 5));
    detection.take(payment('2', START_MS, 'b', 'c', 5));
    expect(detection.skipped.late).toBe(1);
    expect(detection.graph.at(1)).toBe(START_MS + DAY_MS);
  });

  it('memory is bounded: what the ring and the account table cannot hold goes first in, first out, and is counted', () => {
    const limits = { ...DETECTION_SETTINGS.graph, horizonMs: 400 * DAY_MS, edgesMax: 2_048, accountsMax: 500 };
    const detection = new Detection({ ...DETECTION_SETTINGS, graph: limits });
    for (let i = 0; i < 6_000; i++) detection.take(payment(`${i}`, START_MS + i * 60_000, `a${i}`, `b${i % 50}`, 10));
    const { graph } = detection;
    expect(graph.next - graph.first).toBeLessThanOrEqual(limits.edgesMax);
    expect(graph.names.size).toBeLessThanOrEqual(limits.accountsMax);
    expect(detection.skipped.crowdedOut).toBeGreaterThan(0);
    expect(graph.heldMs(START_MS + 6_000 * 60_000)).toBeLessThan(limits.horizonMs);
  });
});

function payment(id: string, atMs: number, payer: string, payee: string, amount: number): Movement {
  return { id, atMs, payer, payee, payerInstitution: 'one', payeeInstitution: 'two', amount, currency: 'CNY', channel: 'transfer' };
}
