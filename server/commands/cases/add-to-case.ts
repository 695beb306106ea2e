import 'server-only';
import * as z from 'zod';
import type { CaseAdded, CaseTarget } from '@/domain/cases/case-item';
import { CASE_STATUSES, isWorkable } from '@/domain/cases/case-state';
import { TraceSnapshot } from '@/domain/cases/trace-snapshot';
import { recordAudit } from '@/server/audit';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';
import { onCase } from '@/server/queries/cases/on-case';
import { type Actor, requirePermission } from '@/server/session';
import { attachToCase } from './attach-to-case';
import { openCaseIn } from './open-case';
import { refuseCase } from './refuse-case';

/** What is put into a case. A trace comes as it was answered: the action that took it asked for it under the same actor. */
export const CaseAddition = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alerts'),
    ids: z
      .array(z.string().regex(/^\d{1,18}$/))
      .min(1)
      .max(200),
  }),
  z.object({ kind: z.literal('transactions'), keys: z.array(z.guid()).min(1).max(200) }),
  z.object({ kind: z.literal('trace'), title: z.string().min(1).max(200), address: z.string().max(20_000), snapshot: TraceSnapshot }),
]);
export type CaseAddition = z.infer<typeof CaseAddition>;

/** Of each kind; beyond this a case is no case any more, and every screen of it stays quick. */
export const CASE_ROWS_MAX = 2000;

const Found = z.object({ id: z.bigint(), no: z.string(), title: z.string(), status: z.enum(CASE_STATUSES) });

/** Puts alerts (with their payments), payments or a trace into a case that the actor is on, or into a new one. Throws Forbidden, Invalid. */
export async function addToCase(
  actor: Actor,
  { target, addition }: { readonly target: CaseTarget; readonly addition: CaseAddition },
): Promise<CaseAdded> {
  requirePermission(actor, 'cases:work');
  const parsed = CaseAddition.parse(addition);
  const added = await database()
    .$transaction(async (tx): Promise<CaseAdded> => {
      const found = target.kind === 'new' ? await newCase(tx, actor, target) : await standingCase(tx, actor, target.no);
      if (!found) return { kind: 'refused', reason: 'not-found' };
      if (!isWorkable(found.status)) return { kind: 'refused', reason: 'not-workable' };
      const attached = await attachToCase(tx, actor, { caseId: found.id, addition: parsed, most: CASE_ROWS_MAX });
      if (attached.kind === 'refused') throw new Unattached(attached.reason);
      if (attached.event) {
        const { kind, detail } = attached.event;
        await tx.caseEvent.create({ data: { caseId: found.id, actorId: actor.id, kind, detail } });
        await tx.$executeRaw`update case_record set updated_at = clock_timestamp() where id = ${found.id}`;
        await recordAudit(tx, actor, { action: `case.${kind}`, subject: { type: 'case', id: found.no }, detail });
      }
      return { kind: 'added', no: found.no, title: found.title, added: attached.added, already: attached.already };
    })
    .catch((fault: unknown): CaseAdded => {
      // Nothing was attached: a case that was opened for it is not opened either.
      if (fault instanceof Unattached) return { kind: 'refused', reason: fault.reason };
      throw fault;
    });
  if (added.kind === 'refused' && added.reason === 'not-found' && target.kind === 'case')
    await refuseCase(actor, { no: target.no, wanted: 'add' });
  return added;
}

class Unattached extends Error {
  constructor(readonly reason: 'not-found' | 'full') {
    super(reason);
  }
}

async function newCase(tx: Prisma.TransactionClient, actor: Actor, { title, supervisorId }: Extract<CaseTarget, { kind: 'new' }>) {
  const { id, no } = await openCaseIn(tx, actor, { title, summary: '', supervisorId, dueAt: null });
  return { id, no, title, status: 'open' as const };
}

async function standingCase(tx: Prisma.TransactionClient, actor: Actor, no: string) {
  const [found] = z.array(Found).parse(
    await tx.$queryRaw`
      select c.id, c.no, c.title, c.status
      from case_record c
      where c.no = ${no} and ${onCase(actor)}
      for update of c`,
  );
  return found;
}
