import { type Scenario, UNDISTURBED } from './scenario';

const MONDAY = 4; // 1970-01-01 was a Thursday, so a day whose number leaves 4 after division by 7 is a Monday.

/** On Monday mornings the biggest payment institution moves to its other data centre, and for 40 minutes a good part of its payments do not come. */
export const switchover: Scenario = {
  id: 'switchover',
  title: 'The biggest payment institution moves to its other data centre',
  disturbances({ day, dayStart, payments }) {
    if (day % 7 !== MONDAY) return [];
    return [
      {
        ...UNDISTURBED,
        scenario: this.id,
        institution: payments[0]?.code as string,
        from: dayStart + (9 * 60 + 12) * 60,
        to: dayStart + (9 * 60 + 52) * 60,
        failShare: 0.025,
        latencyFactor: 2.4,
        lostShare: 0.62,
        brokenFrom: 'application',
        flapping: true,
        detail: 'echo answered by the other data centre',
      },
    ];
  },
};
