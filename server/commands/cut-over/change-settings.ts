import 'server-only';
import type * as z from 'zod';
import { CutOverSettings } from '@/domain/cut-over/settings';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { SETTING } from '@/server/queries/cut-over/cut-over-settings';
import { type Actor, requirePermission } from '@/server/session';
import { Note } from './cell';

export const ChangeCutOverSettings = CutOverSettings.extend({ note: Note });
export type ChangeCutOverSettings = z.infer<typeof ChangeCutOverSettings>;

/** Sets the deadline and what certificates ask for. Certificates that exist keep the rules that they were made under. */
export async function changeCutOverSettings(actor: Actor, input: ChangeCutOverSettings): Promise<CutOverSettings> {
  requirePermission(actor, 'cutover:govern');
  const { note, ...value } = ChangeCutOverSettings.parse(input);
  return await database().$transaction(async (tx) => {
    const before = await tx.setting.findUnique({ where: { name: SETTING } });
    const now = new Date();
    await tx.setting.upsert({
      where: { name: SETTING },
      create: { name: SETTING, value, changedAt: now },
      update: { value, changedAt: now },
    });
    await recordAudit(tx, actor, {
      action: 'cut-over.settings-changed',
      subject: { type: 'setting', id: SETTING },
      detail: { before: before?.value ?? {}, after: value, note },
    });
    return value;
  });
}
