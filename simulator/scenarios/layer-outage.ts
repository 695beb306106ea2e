import { Random } from '../random';
import { STREAM } from '../streams';
import { type Disturbance, type Scenario, UNDISTURBED } from './scenario';

const KINDS = [
  { brokenFrom: 'mtls', direction: 'inbound', detail: 'client certificate not trusted' },
  { brokenFrom: 'signature', direction: 'inbound', detail: 'signature of an unknown key' },
  { brokenFrom: 'tls', direction: 'outbound', detail: 'certificate name does not match' },
  { brokenFrom: 'mtls', direction: 'outbound', detail: 'our certificate was refused' },
  { brokenFrom: 'signature', direction: 'outbound', detail: 'answer not signed' },
] as const;
const SLOT_MINUTES = 288;

/** Five times a day one direction of a small institution fails at one layer, each layer in its turn, while the other direction works. */
export const layerOutage: Scenario = {
  id: 'layer-outage',
  title: 'One layer of one direction fails',
  disturbances({ seed, day, dayStart, banks, payments }) {
    const random = new Random().at(seed, STREAM.scenario, day, 5);
    return KINDS.map((kind, slot): Disturbance => {
      const institution = slot % 2 === 0 ? banks[40 + random.below(banks.length - 40)] : payments[10 + random.below(payments.length - 10)];
      const from = dayStart + (slot * SLOT_MINUTES + random.below(60)) * 60;
      return {
        ...UNDISTURBED,
        ...kind,
        scenario: this.id,
        institution: institution?.code as string,
        from,
        to: from + (60 + random.below(120)) * 60,
        failShare: 0.9,
        lostShare: 0.35,
      };
    });
  },
};
