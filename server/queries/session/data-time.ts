import 'server-only';
import { cache } from 'react';
import { database } from '../../database';

/** Time of the newest payment that the roll-ups include, or null while there is none. Asked once a request. */
export const dataTime = cache(async (): Promise<Date | null> => {
  const { _max } = await database().monitorWatermark.aggregate({ _max: { dataAt: true } });
  return _max.dataAt;
});
