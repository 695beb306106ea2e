import 'server-only';
import { database } from '@/server/database';

export type ExportSettings = { readonly approvalRows: bigint; readonly keepDays: number };

/** From how many rows on a second person is needed, and for how many days files are kept. */
export async function exportSettings(): Promise<ExportSettings> {
  const { approvalRows, keepDays } = await database().exportSetting.findUniqueOrThrow({ where: { id: 1 } });
  return { approvalRows, keepDays };
}
