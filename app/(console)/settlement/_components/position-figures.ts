import { capUsePpm, headroomMinutes, netDebit } from '@/domain/settlement/cap-use';
import { netOf } from '@/domain/settlement/net-position';
import type { PositionRow } from '@/server/queries/settlement/positions';

/** What is worked out from one position: now, at its worst, and how long it can go on. */
export function positionFigures(
  row: PositionRow,
  { paceMinutes, collecting }: { readonly paceMinutes: number; readonly collecting: boolean },
) {
  const { capMinor, lowestMinor, recentOutflowMinor } = row;
  const netMinor = netOf(row);
  const peakMinor = lowestMinor === null ? null : netDebit(lowestMinor);
  return {
    netMinor,
    usePpm: capUsePpm(netMinor, capMinor),
    peakMinor,
    peakPpm: peakMinor === null ? null : capUsePpm(-peakMinor, capMinor),
    // After the cut-off nothing flows any more.
    headroom: collecting ? headroomMinutes({ netMinor, capMinor, recentOutflowMinor, paceMinutes }) : null,
  };
}
