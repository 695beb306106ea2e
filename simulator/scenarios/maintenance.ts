import { Random } from '../random';
import { STREAM } from '../streams';
import { type Disturbance, type Scenario, UNDISTURBED } from './scenario';

/** Announced stops: many small ones at night, a few by day. Nothing is routed to an institution that is stopped. */
export const maintenance: Scenario = {
  id: 'maintenance',
  title: 'An institution is stopped as announced',
  disturbances({ seed, day, dayStart, banks }) {
    const random = new Random().at(seed, STREAM.scenario, day, 4);
    const out: Disturbance[] = [];
    const stop = (rank: number, fromMinute: number, minutes: number) => {
      const from = dayStart + fromMinute * 60;
      out.push({
        ...UNDISTURBED,
        scenario: this.id,
        institution: banks[rank]?.code as string,
        from,
        to: from + minutes * 60,
        reroutedShare: 1,
        brokenFrom: 'network',
        detail: 'planned maintenance',
      });
    };
    for (let n = 0; n < 7; n++) stop(18 + random.below(banks.length - 18), 60 + random.below(90), 60 + random.below(120));
    for (let slot = 0; slot < 6; slot++) {
      for (let n = 0; n < 2; n++) stop(60 + random.below(banks.length - 60), slot * 240 + random.below(20), 200 + random.below(20));
    }
    return out;
  },
};
