import 'server-only';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

/** Puts on record that somebody reached for a case that is none of theirs. Numbers without a case leave no trace: they tell nothing. */
export async function refuseCase(actor: Actor, { no, wanted }: { no: string; wanted: string }): Promise<void> {
  const known = await database().caseRecord.count({ where: { no } });
  if (known > 0)
    await recordAudit(database(), actor, {
      action: 'case.refused',
      subject: { type: 'case', id: no },
      detail: { wanted, role: actor.role },
    });
}
