import { Random } from '../random';
import { STREAM } from '../streams';
import { type Disturbance, type Scenario, UNDISTURBED } from './scenario';

const SLOT_MINUTES = 240;

/** Heartbeats are fine and the traffic is gone: customers are being led around the institution. */
export const silence: Scenario = {
  id: 'silence',
  title: 'An institution is reachable, and its traffic is gone',
  disturbances({ seed, day, dayStart, banks, payments }) {
    const random = new Random().at(seed, STREAM.scenario, day, 3);
    const out: Disturbance[] = [];
    for (let slot = 0; slot < 1440 / SLOT_MINUTES; slot++) {
      for (const institution of [banks[8 + random.below(12)], payments[2 + random.below(5)]]) {
        const from = dayStart + (slot * SLOT_MINUTES + random.below(60)) * 60;
        out.push({
          ...UNDISTURBED,
          scenario: this.id,
          institution: institution?.code as string,
          from,
          to: from + (70 + random.below(80)) * 60,
          reroutedShare: 1,
        });
      }
    }
    return out;
  },
};
