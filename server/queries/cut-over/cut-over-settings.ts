import 'server-only';
import { CUT_OVER_DEFAULTS, CutOverSettings } from '@/domain/cut-over/settings';
import { database } from '@/server/database';

export const SETTING = 'cut-over';

/** What people have set about the cut-over; the defaults where nobody has. */
export async function cutOverSettings(): Promise<CutOverSettings> {
  const row = await database().setting.findUnique({ where: { name: SETTING } });
  return CutOverSettings.parse({ ...CUT_OVER_DEFAULTS, ...((row?.value as object | undefined) ?? {}) });
}
