import 'server-only';
import { cache } from 'react';
import { database } from '../../database';

/** Does anything on the screens come from the simulator? Then every page says so. */
export const hasSimulatedData = cache(async (): Promise<boolean> => {
  return (await database().institution.findFirst({ where: { simulated: true }, select: { id: true } })) !== null;
});
