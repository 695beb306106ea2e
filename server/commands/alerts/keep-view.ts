import 'server-only';
import * as z from 'zod';
import { alertSearch, parseAlertFilter } from '@/domain/alerts/alert-filter';
import { withSearch } from '@/domain/links';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';

export const VIEWS_MAX = 20;
export const KeepView = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^\p{Cc}]*$/u),
  search: z.string().max(2000),
});
export type KeepView = z.infer<typeof KeepView>;

/**
 * Keeps a filter of the inbox under a name of one's own; the same name again means the newer filter. Of the address only what the inbox
 * understands is kept. Throws Forbidden.
 */
export async function keepView(actor: Actor, input: KeepView): Promise<{ readonly kind: 'done' | 'full' }> {
  requirePermission(actor, 'alerts:view');
  const { name, search } = KeepView.parse(input);
  const kept = withSearch('', alertSearch(parseAlertFilter(Object.fromEntries(new URLSearchParams(search))))).slice(1);
  return await database().$transaction(async (tx) => {
    const others = await tx.alertSavedView.count({ where: { userId: actor.id, name: { not: name } } });
    if (others >= VIEWS_MAX) return { kind: 'full' };
    const view = await tx.alertSavedView.upsert({
      where: { userId_name: { userId: actor.id, name } },
      create: { userId: actor.id, name, search: kept },
      update: { search: kept },
    });
    await recordAudit(tx, actor, {
      action: 'alert-view.kept',
      subject: { type: 'alert-view', id: String(view.id) },
      detail: { name, search: kept },
    });
    return { kind: 'done' };
  });
}

/** Forgets one of the actor's own views; somebody else's is not there. Throws Forbidden. */
export async function forgetView(actor: Actor, input: { readonly id: string }): Promise<void> {
  requirePermission(actor, 'alerts:view');
  const id = BigInt(
    z
      .string()
      .regex(/^\d{1,18}$/)
      .parse(input.id),
  );
  await database().$transaction(async (tx) => {
    const { count } = await tx.alertSavedView.deleteMany({ where: { id, userId: actor.id } });
    if (count > 0) await recordAudit(tx, actor, { action: 'alert-view.forgotten', subject: { type: 'alert-view', id: input.id } });
  });
}
