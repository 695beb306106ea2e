import { describe, expect, it } from 'vitest';
import { incidentsOf, type Trouble } from '@/domain/connectivity/incidents';
import { institutionVerdict } from '@/domain/connectivity/institution-verdict';
import { afterBeat, type LineDirection, type LineMemory, lineVerdict } from '@/domain/connectivity/line-health';
import { certificateAt } from './certificates';
import type { Heartbeat } from './feed-lines';
import { heartbeatsAt } from './heartbeats';
import { Law } from './law';
import { linesOf } from './lines';
import type { Disturbance } from './scenarios/scenario';

// The truth of the country is known: what the board's rules make of its heartbeats must be just that.

const law = new Law({ seed: 1, meanRate: 1 });
const STEP = 20;
const DAY = Math.floor((Date.parse('2026-11-20T00:00:00+08:00') / 1000 + 8 * 3600) / 86_400);
type Lines = Map<string, { line: string; direction: LineDirection; memory: LineMemory }>;

/** What is known of everybody after the rounds of [from, to), the institutions asked about alone or all. */
function heard(from: number, to: number, only?: string): Map<string, Lines> {
  const known = new Map<string, Lines>();
  for (let second = Math.ceil(from / STEP) * STEP; second < to; second += STEP)
    for (const beat of heartbeatsAt(law, second, { step: STEP, everybody: second < from + STEP })) {
      if (only !== undefined && beat.institution !== only) continue;
      const lines: Lines = known.get(beat.institution) ?? new Map();
      known.set(beat.institution, lines);
      take(lines, beat);
    }
  return known;
}

function take(lines: Lines, { line, direction, layer, sentMs, ok, latencyMs, detail }: Heartbeat): void {
  const key = `${line} ${direction}`;
  const memory = lines.get(key)?.memory ?? {};
  lines.set(key, {
    line,
    direction,
    memory: afterBeat(memory, { layer: layer as 'network', atMs: sentMs, ok, latencyMs: latencyMs ?? null, detail: detail ?? null }),
  });
}

const verdictOf = (lines: Lines, second: number) =>
  institutionVerdict({
    lines: [...lines.values()].map(({ line, direction, memory }) => ({
      line,
      direction,
      verdict: lineVerdict(memory, { nowMs: second * 1000 }),
    })),
    planned: false,
    quiet: null,
  });

/** Disturbances of three days that nothing else overlaps, from an hour before to the end. */
function clean(scenario: string): Disturbance[] {
  const days = [DAY, DAY + 1, DAY + 2, DAY + 3, DAY + 4, DAY + 5, DAY + 6];
  return days
    .flatMap((day) => law.disturbances.ofDay(day))
    .filter((one) => one.scenario === scenario)
    .filter((one) => {
      for (let second = one.from - 600; second < one.to + 900; second += 60) {
        const now = law.disturbances.at(second).get(one.institution);
        if (now && (now.scenario !== one.scenario || now.from !== one.from)) return false;
      }
      return true;
    })
    .slice(0, 6);
}
const during = (one: Disturbance) => {
  const second = Math.min(one.to, one.from + 400);
  return verdictOf(heard(one.from - 300, second, one.institution).get(one.institution) as Lines, second);
};

describe('the board says what is true of', () => {
  it('outages, layer by layer, and their end', () => {
    const all = clean('outage');
    expect(all.length).toBeGreaterThan(3);
    for (const one of all) {
      expect(during(one)).toMatchObject({ state: 'down', cause: { layer: one.brokenFrom, detail: one.detail } });
      const after = heard(one.to - 120, one.to + 200, one.institution).get(one.institution) as Lines;
      expect(verdictOf(after, one.to + 200).state).toBe('up');
    }
  });

  it('one layer of one direction', () => {
    const all = clean('layer-outage');
    expect(new Set(all.map(({ brokenFrom, direction }) => `${brokenFrom} ${direction}`)).size).toBeGreaterThan(2);
    for (const one of all)
      expect(during(one)).toMatchObject({ state: 'down', cause: { layer: one.brokenFrom, direction: one.direction, detail: one.detail } });
  });

  it('flapping lines: degraded throughout, never down, never well', () => {
    const all = clean('degraded');
    expect(all.length).toBeGreaterThan(3);
    for (const one of all) {
      const lines: Lines = new Map();
      for (let second = Math.ceil(one.from / STEP) * STEP; second < one.from + 2_400; second += STEP) {
        for (const beat of heartbeatsAt(law, second, { step: STEP, everybody: false }))
          if (beat.institution === one.institution) take(lines, beat);
        if (second > one.from + 200) expect(verdictOf(lines, second)).toMatchObject({ state: 'degraded', cause: { layer: 'application' } });
      }
    }
  });

  it('announced stops', () => {
    for (const one of clean('maintenance')) expect(during(one)).toMatchObject({ state: 'planned', cause: { layer: 'network' } });
  });

  it('silence and slow legs: the lines answer, so nothing but the traffic can tell', () => {
    for (const one of [...clean('silence'), ...clean('slow-legs')]) expect(during(one).state).toBe('up');
  });

  it('a data centre without network: one incident, and no more, for everybody on its line', () => {
    const hit = [0, 1, 2, 3, 4, 5, 6]
      .flatMap((shift) => law.disturbances.ofDay(DAY + shift))
      .filter(({ scenario }) => scenario === 'data-centre');
    const { from, line } = hit[0] as Disturbance;
    const members = new Set(hit.filter((one) => one.from === from).map(({ institution }) => institution));
    expect(members.size).toBeGreaterThan(200);
    const second = from + 240;
    const known = heard(from - 300, second);
    const users = new Map<string, number>();
    const troubles: Trouble[] = [];
    for (const [index, institution] of law.institutions.entries()) {
      const lines = known.get(institution.code);
      if (!lines) continue;
      for (const name of linesOf(institution, index)) users.set(name, (users.get(name) ?? 0) + 1);
      const { state, cause } = verdictOf(lines, second);
      if (state !== 'down' && state !== 'degraded') continue;
      const faults = [...lines.values()].flatMap(({ line: name, direction, memory }) => {
        const said = lineVerdict(memory, { nowMs: second * 1000 });
        return said.cause !== null && said.state !== 'planned'
          ? [{ line: name, direction, layer: said.cause, sinceMs: said.sinceMs ?? 0 }]
          : [];
      });
      troubles.push({ institutionId: index, state, cause, sinceMs: from * 1000, faults });
    }
    const incidents = incidentsOf({ troubles, users, open: [] });
    const shared = incidents.filter(({ scope }) => scope === 'line');
    expect(shared).toEqual([expect.objectContaining({ line, layer: 'network', state: 'down' })]);
    const inIt = new Set(shared[0]?.members.map(({ institutionId }) => law.institutions[institutionId]?.code));
    // Whoever was stopped as announced, or is in other trouble besides, is told apart.
    const elsewhere = [...members].filter((code) => !inIt.has(code));
    for (const code of elsewhere)
      expect(law.disturbances.at(from).get(code)?.scenario ?? law.disturbances.at(second).get(code)?.scenario).toBeDefined();
    expect(elsewhere.length).toBeLessThan(20);
  });

  it('certificates: some are expiring at any time, the careless few expire, and mutual TLS fails for as long', () => {
    const second = DAY * 86_400;
    const all = law.institutions.flatMap((institution, index) =>
      linesOf(institution, index).map((line) => ({
        institution,
        index,
        line,
        at: (party: 'server' | 'client', when: number) => certificateAt({ seed: 1, institution, index, line, party, second: when }),
      })),
    );
    const left = all.map(({ at }) => (at('server', second).notAfter - second) / 86_400);
    expect(Math.max(...left)).toBeLessThanOrEqual(390);
    expect(left.filter((days) => days < 30).length).toBeGreaterThan(5);
    const careless = all.find(({ at }) => {
      const { notAfter } = at('client', second);
      return at('client', notAfter + 60).notAfter === notAfter;
    });
    const { institution, at } = careless as (typeof all)[number];
    const { notAfter } = at('client', second);
    const known = heard(notAfter - 300, notAfter + 400, institution.code).get(institution.code) as Lines;
    const verdict = verdictOf(known, notAfter + 400);
    if (!law.disturbances.at(notAfter + 400).has(institution.code) && !law.disturbances.at(notAfter).has(institution.code))
      expect([verdict.state, verdict.cause?.layer, verdict.cause?.direction]).toEqual([
        verdict.state === 'degraded' ? 'degraded' : 'down',
        'mtls',
        'inbound',
      ]);
    expect(at('client', notAfter + 2 * 3_600 + 60).notAfter).toBeGreaterThan(notAfter + 300 * 86_400);
  });
});
