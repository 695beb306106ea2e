import { Random } from '../random';
import { STREAM } from '../streams';
import { type Scenario, UNDISTURBED } from './scenario';

const SLOT_MINUTES = 120;

/** Every two hours one of the small banks loses its line for a while, and once a day a middling one does. */
export const outage: Scenario = {
  id: 'outage',
  title: 'A bank cannot be reached',
  disturbances({ seed, day, dayStart, banks }) {
    const random = new Random().at(seed, STREAM.scenario, day, 1);
    const at = (rank: number, fromMinute: number, minutes: number, brokenFrom: 'network' | 'tls' | 'application') => ({
      ...UNDISTURBED,
      scenario: this.id,
      institution: banks[rank]?.code as string,
      from: dayStart + fromMinute * 60,
      to: dayStart + (fromMinute + minutes) * 60,
      failShare: 0.97,
      lostShare: 0.35,
      brokenFrom,
      detail: { network: 'connection timed out', tls: 'handshake failed', application: 'no answer to the echo' }[brokenFrom],
    });
    const small = Array.from({ length: 1440 / SLOT_MINUTES }, (_, slot) =>
      at(
        30 + random.below(banks.length - 30),
        slot * SLOT_MINUTES + random.below(15),
        80 + random.below(25),
        (['network', 'network', 'tls', 'application'] as const)[random.below(4)] as 'network',
      ),
    );
    return [...small, at(9 + random.below(14), 560 + random.below(600), 18 + random.below(16), 'application')];
  },
};
