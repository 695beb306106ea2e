import { Random } from '../random';
import { STREAM } from '../streams';
import { type Disturbance, type Scenario, UNDISTURBED } from './scenario';

const SLOT_MINUTES = 360;

/** Four times a day a bank's own legs take many times longer. Its lines answer as ever: only its latency tells. */
export const slowLegs: Scenario = {
  id: 'slow-legs',
  title: 'A bank takes long over its part of each payment',
  disturbances({ seed, day, dayStart, banks }) {
    const random = new Random().at(seed, STREAM.scenario, day, 7);
    return Array.from({ length: 1440 / SLOT_MINUTES }, (_, slot): Disturbance => {
      const from = dayStart + (slot * SLOT_MINUTES + random.below(90)) * 60;
      return {
        ...UNDISTURBED,
        scenario: this.id,
        institution: banks[20 + random.below(40)]?.code as string,
        from,
        to: from + (90 + random.below(90)) * 60,
        latencyFactor: 6 + random.unit() * 4,
      };
    });
  },
};
