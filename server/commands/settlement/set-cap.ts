import 'server-only';
import * as z from 'zod';
import { parseAmount } from '@/domain/money';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { NotFound } from '@/server/errors';
import { type Actor, requirePermission } from '@/server/session';

export const SetCap = z.object({
  institution: z.string().min(1).max(40),
  /** Major units as a decimal; empty takes the cap away. */
  amount: z.string().trim().max(40),
});

/** Sets an institution's net debit cap in its own currency. Throws NotFound, Forbidden. */
export async function setCap(
  actor: Actor,
  input: z.infer<typeof SetCap>,
): Promise<{ kind: 'done' } | { kind: 'refused'; reason: 'invalid' }> {
  requirePermission(actor, 'settlement:schedule');
  const { institution: code, amount } = SetCap.parse(input);
  return await database().$transaction(async (tx) => {
    const before = await tx.institution.findUnique({ where: { code }, select: { currency: true, netDebitCapMinor: true } });
    if (!before) throw new NotFound(`no institution ${code}`);
    const parsed = amount === '' ? null : parseAmount(amount.replaceAll(/[,，\s]/g, ''), before.currency);
    if (parsed !== null && !parsed.ok) return { kind: 'refused', reason: 'invalid' };
    const minor = parsed?.minor ?? null;
    // No row is asked back: a cluster refuses that of a table it keeps on every node.
    await tx.institution.updateMany({ where: { code }, data: { netDebitCapMinor: minor } });
    await recordAudit(tx, actor, {
      action: 'settlement.cap-set',
      subject: { type: 'institution', id: code },
      detail: { before: before.netDebitCapMinor?.toString() ?? null, after: minor?.toString() ?? null, currency: before.currency },
    });
    return { kind: 'done' };
  });
}
