import { Random } from '../random';
import { STREAM } from '../streams';
import { type Disturbance, type Scenario, UNDISTURBED } from './scenario';

const SLOT_MINUTES = 180;

/** Every three hours four institutions answer slowly, fail now and then, and miss heartbeats. */
export const degraded: Scenario = {
  id: 'degraded',
  title: 'An institution answers slowly and fails now and then',
  disturbances({ seed, day, dayStart, banks, payments }) {
    const random = new Random().at(seed, STREAM.scenario, day, 2);
    const out: Disturbance[] = [];
    for (let slot = 0; slot < 1440 / SLOT_MINUTES; slot++) {
      const chosen = [
        banks[6 + random.below(20)],
        banks[26 + random.below(120)],
        banks[146 + random.below(190)],
        payments[3 + random.below(60)],
      ];
      for (const institution of chosen) {
        const from = dayStart + (slot * SLOT_MINUTES + random.below(20)) * 60;
        out.push({
          ...UNDISTURBED,
          scenario: this.id,
          institution: institution?.code as string,
          from,
          to: from + (130 + random.below(40)) * 60,
          failShare: 0.03 + random.unit() * 0.06,
          latencyFactor: 3 + random.unit() * 4,
          brokenFrom: 'application',
          flapping: true,
          detail: 'echo later than 3 s',
        });
      }
    }
    return out;
  },
};
