import { type DataCentre, linesOf } from '../lines';
import { Random } from '../random';
import { STREAM } from '../streams';
import { type Scenario, UNDISTURBED } from './scenario';

const MINUTES = 9;

/** Twice a week, at night, one data centre loses its network: everybody's line to it at once. Whoever has another one goes on over that. */
export const dataCentre: Scenario = {
  id: 'data-centre',
  title: 'A data centre loses its network',
  disturbances({ seed, day, dayStart, banks, payments }) {
    if (day % 7 !== 5 && day % 7 !== 1) return [];
    const random = new Random().at(seed, STREAM.scenario, day, 6);
    const from = dayStart + (150 + random.below(90)) * 60;
    const line: DataCentre = day % 7 === 5 ? 'dc2' : 'dc1';
    // An institution's place in the whole country, as the heartbeats count it: the clearing institution is first.
    const all = [...banks, ...payments].map((institution, n) => ({ institution, lines: linesOf(institution, n + 1) }));
    return all
      .filter(({ lines }) => lines.includes(line))
      .map(({ institution, lines }) => ({
        ...UNDISTURBED,
        scenario: this.id,
        institution: institution.code,
        from,
        to: from + MINUTES * 60,
        failShare: lines.length > 1 ? 0.02 : 0.9,
        lostShare: lines.length > 1 ? 0 : 0.35,
        brokenFrom: 'network',
        line,
        detail: `${line}: no route to host`,
      }));
  },
};
