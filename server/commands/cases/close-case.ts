import 'server-only';
import * as z from 'zod';
import { CASE_FINDINGS, type CaseRefusal, type CaseState, caseStep } from '@/domain/cases/case-state';
import type { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { caseContentHash } from './case-content';
import { type LockedCase, Text, workOnCase } from './work-on-case';

const Base = { no: z.string(), at: z.date() };
export const CloseCase = z.discriminatedUnion('kind', [
  z.object({ ...Base, kind: z.literal('propose'), finding: z.enum(CASE_FINDINGS), conclusion: Text(2, 2000) }),
  z.object({ ...Base, kind: z.literal('withdraw') }),
  /** `hash` is what the deciding person was shown. */
  z.object({ ...Base, kind: z.literal('close'), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ ...Base, kind: z.literal('reject'), reason: Text(2, 500) }),
  z.object({ ...Base, kind: z.literal('reopen'), reason: Text(2, 500) }),
]);
export type CloseCase = z.input<typeof CloseCase>;
export type CloseOutcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: CaseRefusal };

/**
 * Closing by two people, and reopening. The content is hashed anew from the locked rows when somebody decides: where it is not what was
 * proposed, the proposal is void. Throws NotFound, Forbidden.
 */
export async function closeCase(actor: Actor, input: CloseCase): Promise<CloseOutcome> {
  const step = CloseCase.parse(input);
  return await workOnCase<CloseOutcome>(actor, step.no, async (tx, found) => {
    const standing = await tx.caseClosing.findFirst({ where: { caseId: found.id, outcome: 'proposed' } });
    const closed = found.status === 'closed' ? await closingOf(tx, found.id) : null;
    const about = step.kind === 'propose' ? step : (standing ?? { finding: '', conclusion: '' });
    const hash = await caseContentHash(tx, found, about);
    const facts = {
      openChecks: await tx.caseCheck.count({ where: { caseId: found.id, doneAt: null } }),
      supervised: (await tx.caseMember.count({ where: { caseId: found.id, part: 'supervisor' } })) > 0,
    };
    const stepped = caseStep(await stateOf(tx, found, standing, closed), { kind: step.kind, by: actor.id, hash }, facts);
    if (stepped.kind === 'refused') {
      if (stepped.reason !== 'changed-since' || !standing) return { outcome: stepped, event: null };
      await decide(tx, standing.id, { outcome: 'outdated', by: actor, at: step.at });
      await stand(tx, found.id, await before(tx, found.id));
      return { outcome: stepped, event: { kind: 'closing-outdated', detail: { hash } } };
    }
    // Whoever closes has read one content: from a page that shows another nothing follows, and the proposal stands.
    if (step.kind === 'close' && step.hash !== hash) return { outcome: { kind: 'refused', reason: 'changed-since' }, event: null };
    const done = (kind: string, detail: Prisma.InputJsonObject) => ({ outcome: { kind: 'done' as const }, event: { kind, detail } });
    switch (step.kind) {
      case 'propose': {
        const { finding, conclusion } = step;
        await tx.caseClosing.create({
          data: { caseId: found.id, finding, conclusion, contentHash: hash, proposedBy: actor.id, proposedAt: step.at },
        });
        await stand(tx, found.id, 'in-review');
        return done('closing-proposed', { finding, hash });
      }
      case 'withdraw':
      case 'reject': {
        if (standing)
          await decide(tx, standing.id, {
            outcome: step.kind === 'withdraw' ? 'withdrawn' : 'rejected',
            by: actor,
            at: step.at,
            ...(step.kind === 'reject' ? { reason: step.reason } : {}),
          });
        await stand(tx, found.id, stepped.to.kind);
        return done(
          step.kind === 'withdraw' ? 'closing-withdrawn' : 'closing-rejected',
          step.kind === 'reject' ? { reason: step.reason } : {},
        );
      }
      case 'close': {
        if (!standing) throw new Error('closed without a proposal');
        await decide(tx, standing.id, { outcome: 'closed', by: actor, at: step.at, hash });
        await tx.caseRecord.update({
          where: { id: found.id },
          data: { status: 'closed', closedAt: step.at, closingId: standing.id, closingOutcome: 'closed' },
        });
        return done('closed', { finding: standing.finding, hash });
      }
      case 'reopen':
        await tx.caseRecord.update({
          where: { id: found.id },
          data: { status: 'reopened', closedAt: null, closingId: null, closingOutcome: null },
        });
        return done('reopened', { reason: step.reason });
    }
  });
}

type Standing = { readonly proposedBy: string; readonly contentHash: string; readonly decidedBy: string | null };

async function stateOf(
  tx: Prisma.TransactionClient,
  { id, status }: LockedCase,
  standing: Standing | null,
  closed: Standing | null,
): Promise<CaseState> {
  if (status === 'closed')
    return { kind: 'closed', proposedBy: closed?.proposedBy ?? '', closedBy: closed?.decidedBy ?? '', hash: closed?.contentHash ?? '' };
  if (status === 'in-review' && standing)
    return { kind: 'in-review', by: standing.proposedBy, hash: standing.contentHash, from: await before(tx, id) };
  return { kind: status === 'reopened' ? 'reopened' : 'open' };
}

// A case that was ever closed goes back to being a reopened one.
async function before(tx: Prisma.TransactionClient, caseId: bigint): Promise<'open' | 'reopened'> {
  return (await tx.caseClosing.count({ where: { caseId, outcome: 'closed' } })) > 0 ? 'reopened' : 'open';
}

async function closingOf(tx: Prisma.TransactionClient, caseId: bigint): Promise<Standing | null> {
  return await tx.caseClosing.findFirst({ where: { caseId, outcome: 'closed' }, orderBy: { id: 'desc' } });
}

async function stand(tx: Prisma.TransactionClient, id: bigint, status: string): Promise<void> {
  await tx.caseRecord.update({ where: { id }, data: { status } });
}

type Decision = { readonly outcome: string; readonly by: Actor; readonly at: Date; readonly hash?: string; readonly reason?: string };

async function decide(tx: Prisma.TransactionClient, id: bigint, { outcome, by, at, hash, reason }: Decision): Promise<void> {
  await tx.caseClosing.update({
    where: { id },
    data: { outcome, decidedBy: by.id, decidedAt: at, decidedHash: hash ?? null, reason: reason ?? null },
  });
}
