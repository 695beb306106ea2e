import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentsOf, type OpenIncident, type PlannedIncident, TOGETHER_MS, type Trouble } from './incidents';

const trouble = (institutionId: number, lines: readonly string[], given: Partial<Trouble> = {}): Trouble => ({
  institutionId,
  state: 'down',
  sinceMs: 1000,
  cause: null,
  faults: lines.map((line) => ({ line, direction: 'outbound', layer: 'network', sinceMs: given.sinceMs ?? 1000 })),
  ...given,
});
const users = new Map([
  ['dc1', 40],
  ['dc2', 400],
]);
const opened = (planned: readonly PlannedIncident[]): OpenIncident[] =>
  planned.map((one, i) => ({
    id: one.continues ?? `${i}:${one.scope}:${one.members.map(({ institutionId }) => institutionId).join()}`,
    scope: one.scope,
    line: one.line,
    openedMs: one.sinceMs,
    members: one.members.map(({ institutionId }) => institutionId),
  }));

describe('incidents', () => {
  test('a data centre’s line down for forty institutions is one incident, not forty', () => {
    const troubles = Array.from({ length: 40 }, (_, i) =>
      trouble(i, ['dc1'], { state: i % 2 ? 'down' : 'degraded', sinceMs: 1000 + i * 500 }),
    );
    const [one, ...others] = incidentsOf({ troubles, users, open: [] });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ scope: 'line', line: 'dc1', layer: 'network', state: 'down', sinceMs: 1000 });
    expect(one?.members).toHaveLength(40);
  });

  test('the first few are on their own until it shows; then their incidents become part of the one, which goes on', () => {
    const first = incidentsOf({ troubles: [trouble(1, ['dc1']), trouble(2, ['dc1'])], users, open: [] });
    expect(first.map(({ scope }) => scope)).toEqual(['institution', 'institution']);
    const open = opened(first);
    const many = Array.from({ length: 14 }, (_, i) => trouble(i + 1, ['dc1']));
    const [shared] = incidentsOf({ troubles: many, users, open });
    expect(shared).toMatchObject({ scope: 'line', continues: null });
    expect(shared?.absorbs).toEqual(open.map(({ id }) => id));
    const again = incidentsOf({ troubles: many.slice(0, 5), users, open: opened([shared as PlannedIncident]) });
    expect(again).toHaveLength(1);
    expect(again[0]?.continues).not.toBeNull();
  });

  test('few of a line’s users, or failures long apart, are incidents of their own', () => {
    expect(incidentsOf({ troubles: [1, 2, 3, 4].map((id) => trouble(id, ['dc2'])), users, open: [] })).toHaveLength(4);
    const apart = Array.from({ length: 14 }, (_, i) => trouble(i, ['dc1'], { sinceMs: i * TOGETHER_MS * 2 }));
    expect(incidentsOf({ troubles: apart, users, open: [] })).toHaveLength(14);
  });

  test('whoever also fails elsewhere, or is silent, keeps an incident of its own', () => {
    const many = Array.from({ length: 20 }, (_, i) => trouble(i, ['dc1']));
    const planned = incidentsOf({
      troubles: [...many, trouble(90, ['dc1', 'dc2']), trouble(91, [], { state: 'silent' })],
      users,
      open: [],
    });
    expect(planned.map(({ scope, members }) => [scope, members.length])).toEqual([
      ['line', 20],
      ['institution', 1],
      ['institution', 1],
    ]);
  });

  test('everybody in trouble is in exactly one incident, whatever fails; asked again, each goes on', () => {
    const any = fc.uniqueArray(
      fc.record({
        id: fc.nat(60),
        lines: fc.subarray(['dc1', 'dc2', 'dc3']),
        since: fc.nat(900_000),
        state: fc.constantFrom('down', 'degraded', 'silent' as const),
      }),
      { selector: ({ id }) => id, maxLength: 60 },
    );
    fc.assert(
      fc.property(any, (given) => {
        const troubles = given.map(({ id, lines, since, state }) =>
          trouble(id, lines, { sinceMs: since, state: state as Trouble['state'] }),
        );
        const planned = incidentsOf({ troubles, users, open: [] });
        const members = planned.flatMap((one) => one.members.map(({ institutionId }) => institutionId));
        expect([...members].sort((a, b) => a - b)).toEqual(given.map(({ id }) => id).sort((a, b) => a - b));
        const again = incidentsOf({ troubles, users, open: opened(planned) });
        expect(again.map(({ continues }) => continues)).toEqual(opened(planned).map(({ id }) => id));
      }),
    );
  });
});
