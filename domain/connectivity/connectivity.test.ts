import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HEARTBEAT_LAYERS, type HeartbeatLayer } from '../clearing/transaction';
import { INSTITUTION_STATES } from '../overview/institution-state';
import { availability, budgetLeftMs, partlyObservedMs, type StateSpan, timesByState } from './availability';
import { type CERTIFICATE_STATES, CERTIFICATE_STEPS, certificateInUse, certificateState } from './certificate-state';
import { institutionVerdict, type LineSaid } from './institution-verdict';
import { afterBeat, HEARTBEAT_STALE_MS, type LineBeat, type LineDirection, type LineMemory, lineVerdict } from './line-health';
import { expectedPerHour, isSilent, perHourAt, quietSpell } from './silence';

const START_MS = Date.UTC(2026, 10, 23);
const STEP_MS = 10_000;

function line(pattern: string, given: Partial<LineBeat> = {}, before: LineMemory = {}): LineMemory {
  return [...pattern].reduce(
    (memory, mark, i) =>
      afterBeat(memory, { layer: 'network', atMs: START_MS + i * STEP_MS, ok: mark === '1', latencyMs: 3, detail: null, ...given }),
    before,
  );
}
const NOW = { nowMs: START_MS + 60_000 };
const said = (
  memory: LineMemory,
  name = 'dc1',
  direction: LineDirection = 'outbound',
  now: { nowMs: number; planned?: boolean } = NOW,
): LineSaid => ({
  line: name,
  direction,
  verdict: lineVerdict(memory, now),
});
const verdict = (lines: readonly LineSaid[], more: { planned?: boolean; expected?: number } = {}) =>
  institutionVerdict({
    lines,
    planned: more.planned ?? false,
    quiet: more.expected === undefined ? null : { quietMs: 60_000, expected: more.expected },
  });

/** Every layer of one line, the layers from `broken` up failing. */
function failingFrom(broken: HeartbeatLayer | null, detail: string | null = null): LineMemory {
  const from = broken === null ? HEARTBEAT_LAYERS.length : HEARTBEAT_LAYERS.indexOf(broken);
  return HEARTBEAT_LAYERS.reduce(
    (memory, layer, i) => line('11'.concat(i < from ? '111' : '000'), { layer, detail: i < from ? null : detail }, memory),
    {},
  );
}

describe('a line', () => {
  test.each(HEARTBEAT_LAYERS)('that fails from %s upwards has that layer as its one root cause', (layer) => {
    const of = lineVerdict(failingFrom(layer, 'why'), NOW);
    expect(of).toMatchObject({ state: 'down', cause: layer, detail: 'why' });
    for (const [i, one] of HEARTBEAT_LAYERS.entries()) {
      const depth = HEARTBEAT_LAYERS.indexOf(layer);
      expect(of.layers[one]?.state).toBe(i < depth ? 'up' : 'down');
      expect(of.layers[one]?.becauseOf).toBe(i > depth ? layer : null);
    }
  });

  test('an answer of a layer is an answer of all beneath it, and a failure none', () => {
    const up = lineVerdict(line('1', { layer: 'application' }), NOW);
    expect(Object.keys(up.layers)).toEqual(HEARTBEAT_LAYERS);
    expect(up.state).toBe('up');
    expect(Object.keys(lineVerdict(line('000', { layer: 'application' }), NOW).layers)).toEqual(['application']);
  });

  test('has every layer above the one that is down say down too, whatever was last heard of it', () => {
    const cut = [0, 1, 2].reduce(
      (memory, i) =>
        afterBeat(memory, { layer: 'tls', atMs: START_MS + 50_000 + i * STEP_MS, ok: false, latencyMs: null, detail: 'expired' }),
      failingFrom(null),
    );
    for (const nowMs of [START_MS + 80_000, START_MS + 70_000 + HEARTBEAT_STALE_MS - 1]) {
      const of = lineVerdict(cut, { nowMs });
      expect(of).toMatchObject({ state: 'down', cause: 'tls', detail: 'expired' });
      expect(HEARTBEAT_LAYERS.map((layer) => of.layers[layer]?.state).slice(1)).toEqual(['down', 'down', 'down', 'down']);
      expect(of.layers.application?.becauseOf).toBe('tls');
      expect(lineVerdict(cut, { nowMs, planned: true }).layers.application?.state).toBe('planned');
    }
  });

  test('one that says nothing any more is unknown, never up', () => {
    expect(lineVerdict(failingFrom(null), { nowMs: START_MS + 40_000 + HEARTBEAT_STALE_MS })).toMatchObject({ state: 'unknown' });
    expect(lineVerdict({}, NOW)).toMatchObject({ state: 'unknown', sinceMs: null });
  });

  test('whatever order repeated beats arrive in, only the newest of each layer counts', () => {
    const beats = fc.array(fc.record({ at: fc.nat(40), layer: fc.constantFrom(...HEARTBEAT_LAYERS), ok: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(beats, (given) => {
        const fold = (all: typeof given) =>
          all.reduce(
            (memory, { at, layer, ok }) => afterBeat(memory, { layer, ok, atMs: at, latencyMs: null, detail: null }),
            {} as LineMemory,
          );
        const once = fold(given);
        expect(
          given.reduce(
            (memory, { at, layer }) =>
              afterBeat(memory, { layer, ok: false, atMs: Math.min(at, memory[layer]?.atMs ?? 0), latencyMs: null, detail: null }),
            once,
          ),
        ).toEqual(once);
      }),
    );
  });

  test('a stop that was announced, or that the heartbeat calls planned, is planned', () => {
    expect(lineVerdict(failingFrom('network', 'planned maintenance'), NOW).state).toBe('planned');
    expect(lineVerdict(failingFrom('network'), { ...NOW, planned: true }).state).toBe('planned');
    expect(lineVerdict(failingFrom(null), { ...NOW, planned: true }).state).toBe('up');
  });
});

describe('an institution', () => {
  const up = failingFrom(null);
  test('is down when either direction has no line left, and degraded while one still works', () => {
    expect(verdict([said(failingFrom('tls')), said(up, 'dc1', 'inbound')])).toMatchObject({
      state: 'down',
      cause: { line: 'dc1', direction: 'outbound', layer: 'tls' },
    });
    expect(verdict([said(up), said(failingFrom('signature'), 'dc1', 'inbound')])).toMatchObject({
      state: 'down',
      cause: { direction: 'inbound', layer: 'signature' },
    });
    expect(verdict([said(failingFrom('network')), said(up, 'dc2')])).toMatchObject({
      state: 'degraded',
      cause: { line: 'dc1', layer: 'network' },
    });
    expect(verdict([said(failingFrom('network')), said(failingFrom('network'), 'dc2')])).toMatchObject({
      state: 'down',
      cause: { line: null },
    });
  });

  test('that is down has the layers at fault say down, though the other direction answers on them', () => {
    const { layers } = verdict([said(failingFrom('tls')), said(up, 'dc1', 'inbound')]);
    expect(layers).toEqual({ network: 'up', tls: 'down', mtls: 'down', signature: 'down', application: 'down' });
    const spared = verdict([said(failingFrom('tls')), said(up, 'dc2'), said(up, 'dc1', 'inbound')]);
    expect(spared.layers).toMatchObject({ network: 'up', tls: 'degraded', application: 'degraded' });
  });

  test('with one of two directions unheard of is degraded; with none heard of unknown', () => {
    const stale = said(up, 'dc1', 'inbound', { nowMs: START_MS + 1_000_000 });
    expect(verdict([said(up), stale]).state).toBe('degraded');
    expect(verdict([stale]).state).toBe('unknown');
    expect(verdict([]).state).toBe('unknown');
  });

  test('within its announced stop is planned unless it answers all the same', () => {
    expect(verdict([said(failingFrom('network'))], { planned: true })).toMatchObject({ state: 'planned', layers: { network: 'planned' } });
    expect(verdict([said(up)], { planned: true }).state).toBe('up');
    expect(verdict([said(up)], { planned: true, expected: 99 }).state).toBe('planned');
  });

  test('is silent only while its lines answer, and never on less than λ = 13.8', () => {
    expect(verdict([said(up)], { expected: 13.9 })).toMatchObject({ state: 'silent', layers: { application: 'silent', network: 'up' } });
    expect(verdict([said(up)], { expected: 13.7 }).state).toBe('up');
    expect(verdict([said(failingFrom('network'))], { expected: 99 }).state).toBe('down');
    expect(verdict([said(up)]).state).toBe('up');
  });

  test('has a cause exactly when it is down, degraded, silent or stopped by its lines', () => {
    const layer = fc.option(fc.constantFrom(...HEARTBEAT_LAYERS), { nil: null });
    fc.assert(
      fc.property(layer, layer, layer, fc.boolean(), (a, b, c, planned) => {
        const of = verdict([said(failingFrom(a)), said(failingFrom(b), 'dc2'), said(failingFrom(c), 'dc1', 'inbound')], { planned });
        expect(of.state === 'up').toBe(a === null && b === null && c === null);
        expect(of.cause !== null).toBe(of.state !== 'up');
        if (c !== null || (a !== null && b !== null)) expect(of.state).toBe(planned ? 'planned' : 'down');
      }),
    );
  });
});

describe('silence', () => {
  const given = { nowMs: START_MS, lastPaymentMs: START_MS - 180_000, perHour: 600 };
  test('is found within three minutes on a busy cell, and never claimed on a thin or unknown baseline', () => {
    expect(isSilent(quietSpell(given) as never)).toBe(true);
    expect(isSilent(quietSpell({ ...given, perHour: 500 }) as never)).toBe(false);
    expect(quietSpell({ ...given, perHour: 59 })).toBeNull();
    expect(quietSpell({ ...given, perHour: null })).toBeNull();
    expect(quietSpell({ ...given, lastPaymentMs: null })).toBeNull();
  });

  test('the baseline lies between the hours around it and never above the hour itself', () => {
    fc.assert(
      fc.property(fc.nat(59), fc.nat(5000), fc.nat(5000), fc.nat(5000), (minute, before, at, after) => {
        const value = perHourAt(minute, { before, at, after }) as number;
        expect(value).toBeLessThanOrEqual(at);
        expect(value).toBeGreaterThanOrEqual(Math.min(before, at, after));
      }),
    );
    expect(perHourAt(10, { before: null, at: 5, after: 5 })).toBeNull();
    const week = (perHour: number | null, platformShare: number | null = 1) => ({ perHour, platformShare });
    expect(expectedPerHour([week(null), week(7), week(5)])).toBe(5);
    expect(expectedPerHour([week(10, 0.4), week(8, 3)])).toBe(4);
    expect(expectedPerHour([week(null)])).toBeNull();
  });
});

describe('availability', () => {
  const spans = fc
    .array(fc.record({ length: fc.integer({ min: 1, max: 1000 }), state: fc.constantFrom(...INSTITUTION_STATES) }), { maxLength: 30 })
    .map((parts) => {
      let at = 100;
      return parts.map(({ length, state }): StateSpan => {
        const span = { fromMs: at, toMs: at + length, state };
        at += length;
        return span;
      });
    });

  test('times always add up to the whole, cut anywhere, and the cut parts to the uncut', () => {
    fc.assert(
      fc.property(spans, fc.nat(5000), fc.nat(5000), fc.nat(5000), (all, a, b, c) => {
        const [fromMs, middle, toMs] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const sum = (times: ReturnType<typeof timesByState>) => INSTITUTION_STATES.reduce((total, state) => total + times[state], 0);
        const whole = timesByState(all, { fromMs, toMs });
        expect(sum(whole)).toBe(toMs - fromMs);
        const [first, second] = [timesByState(all, { fromMs, toMs: middle }), timesByState(all, { fromMs: middle, toMs })];
        for (const state of INSTITUTION_STATES) expect(first[state] + second[state]).toBe(whole[state]);
      }),
    );
  });

  test('of a span that was measured only in part it is said how long was', () => {
    const times = { up: 300_000, down: 40_000, degraded: 0, silent: 0, planned: 20_000, unknown: 0 };
    expect(partlyObservedMs({ ...times, unknown: 86_040_000 })).toBe(360_000);
    expect(partlyObservedMs({ ...times, unknown: 10_000 })).toBeNull();
    expect(partlyObservedMs({ ...times, up: 0, down: 0, planned: 0, unknown: 5 })).toBeNull();
  });

  test('announced stops and what was not measured count neither for nor against; a missed target never reads as met', () => {
    const times = { up: 999_899, down: 101, degraded: 0, silent: 0, planned: 5_000_000, unknown: 7_000_000 };
    expect(availability(times)).toEqual({ ppm: 999_899, scheduledMs: 1_000_000, downMs: 101 });
    expect(availability({ ...times, up: 999_899_999, down: 100_001 }).ppm).toBe(999_899);
    expect(availability({ ...times, up: 0, down: 0 }).ppm).toBeNull();
    expect(budgetLeftMs(availability(times), 999_900)).toBe(-1);
  });
});

describe('a certificate', () => {
  const DAY_MS = 86_400_000;
  const life = { notAfterMs: 100 * DAY_MS, revokedAtMs: null, renewalAskedAtMs: null };
  test('is valid, expiring, pending renewal, expired or revoked', () => {
    const at = (days: number, more: Partial<typeof life> | { revokedAtMs: number } | { renewalAskedAtMs: number } = {}) =>
      certificateState({ ...life, ...more }, { nowMs: days * DAY_MS });
    expect([at(69), at(70), at(99.9), at(100)]).toEqual(['valid', 'expiring', 'expiring', 'expired']);
    expect(at(80, { renewalAskedAtMs: 75 * DAY_MS })).toBe('pending-renewal');
    expect(at(101, { renewalAskedAtMs: 75 * DAY_MS })).toBe('expired');
    expect(at(80, { revokedAtMs: 75 * DAY_MS })).toBe('revoked');
    expect(at(70, { revokedAtMs: 75 * DAY_MS })).toBe('expiring');
  });

  test('only ever takes steps that are allowed as time passes, and revoked is for good', () => {
    const option = fc.option(fc.nat(150), { nil: null });
    fc.assert(
      fc.property(option, option, fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 2 }), (revoked, asked, days) => {
        const of = {
          ...life,
          revokedAtMs: revoked === null ? null : revoked * DAY_MS,
          renewalAskedAtMs: asked === null ? null : asked * DAY_MS,
        };
        const states = [...days].sort((a, b) => a - b).map((day) => certificateState(of, { nowMs: day * DAY_MS }));
        states.slice(1).forEach((next, i) => {
          const before = states[i] as (typeof CERTIFICATE_STATES)[number];
          if (next !== before) expect(CERTIFICATE_STEPS[before]).toContain(next);
        });
      }),
    );
  });

  test('in use is the one met last, of several met at once the one that ends last', () => {
    const met = [
      { id: 'a', lastSeenMs: 5, notAfterMs: 90 },
      { id: 'b', lastSeenMs: 9, notAfterMs: 50 },
      { id: 'c', lastSeenMs: 9, notAfterMs: 60 },
    ];
    expect(certificateInUse(met)?.id).toBe('c');
    expect(certificateInUse([])).toBeNull();
  });
});
