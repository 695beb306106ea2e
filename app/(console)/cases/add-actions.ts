'use server';

import { type CaseAdded, type CaseChoices, CaseItem, CaseTarget } from '@/domain/cases/case-item';
import { allows } from '@/domain/permissions';
import { addToCase, type CaseAddition } from '@/server/commands/cases/add-to-case';
import { isCommandFault } from '@/server/errors';
import { caseChoices } from '@/server/queries/cases/case-choices';
import { casePeople } from '@/server/queries/cases/case-people';
import { requireActor } from '@/server/session';
import { traceAddition } from './_server/trace-addition';

/** Cases that something can be put into, and people who could supervise a new one; null where the role works no cases. */
export async function choicesFor(item: CaseItem): Promise<CaseChoices | null> {
  const actor = await requireActor('console:enter');
  const wanted = CaseItem.safeParse(item);
  if (!wanted.success || !allows(actor.role, 'cases:work')) return null;
  const { data } = wanted;
  const [cases, people] = await Promise.all([
    caseChoices(actor, { keys: data.kind === 'transactions' ? data.keys : [], alertIds: data.kind === 'alerts' ? data.ids : [] }),
    casePeople(actor),
  ]);
  return { cases, people: people.filter(({ id }) => id !== actor.id) };
}

/** Puts something into a case or opens one for it. A trace is asked again here, under the actor's own eyes, and kept as answered. */
export async function addItem(item: CaseItem, target: CaseTarget): Promise<CaseAdded> {
  const actor = await requireActor('console:enter');
  if (!allows(actor.role, 'cases:work')) return { kind: 'refused', reason: 'may-not' };
  const [wanted, where] = [CaseItem.safeParse(item), CaseTarget.safeParse(target)];
  if (!wanted.success || !where.success) return { kind: 'refused', reason: 'invalid' };
  const addition: CaseAddition | null = wanted.data.kind === 'trace' ? await traceAddition(actor, wanted.data.address) : wanted.data;
  if (!addition) return { kind: 'refused', reason: 'unreadable-trace' };
  return await addToCase(actor, { target: where.data, addition }).catch((fault: unknown): CaseAdded => {
    if (isCommandFault(fault) && fault.status === 422) return { kind: 'refused', reason: 'invalid' };
    throw fault;
  });
}
