import { type DataCentre, linesOf } from '../lines';
import { Random } from '../random';
import { STREAM } from '../streams';
import { type Scenario, UNDISTURBED } from './scenario';

const MINUTES = 9;
const DC1_DAY = 5;
const DC2_DAY = 19;

/** Each in its turn, once in four weeks and at night, one data centre loses its network: everybody's line to it at once. Whoever has another one goes on over that. */
export const dataCentre: Scenario = {
  id: 'data-centre',
  title: 'A data centre loses its network',
  disturbances({ seed, day, dayStart, banks, payments }) {
    if (day % 28 !== DC2_DAY && day % 28 !== DC1_DAY) return [];
    const random = new Random().at(seed, STREAM.scenario, day, 6);
    const from = dayStart + (150 + random.below(90)) * 60;
    const line: DataCentre = day % 28 === DC2_DAY ? 'dc2' : 'dc1';
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
