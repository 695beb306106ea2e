import 'server-only';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { currenciesInUse } from './currencies-in-use';

export type ShellFacts = {
  /** Some of what is shown is made up: the notice says so. */
  readonly simulated: boolean;
  readonly currencies: readonly string[];
  /** The first hour with any payment, and the newest payment; null while there is none. */
  readonly dataFrom: Date | null;
  readonly dataAt: Date | null;
  /** When the monitor last moved; silence from here on is staleness. */
  readonly movedAt: Date | null;
};

/** What the frame around every page shows. */
export async function shellFacts(actor: Actor): Promise<ShellFacts> {
  const [simulated, currencies, first, follow] = await Promise.all([
    database().institution.findFirst({ where: { simulated: true }, select: { id: true } }),
    currenciesInUse(actor),
    database().platformHour.findFirst({ orderBy: { hour: 'asc' }, select: { hour: true } }),
    database().monitorWatermark.findUnique({ where: { name: 'follow' }, select: { dataAt: true, movedAt: true } }),
  ]);
  return {
    simulated: simulated !== null,
    currencies,
    dataFrom: first?.hour ?? null,
    dataAt: follow?.dataAt ?? null,
    movedAt: follow?.movedAt ?? null,
  };
}
