import 'server-only';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '@/domain/canonical-json';
import { Prisma } from '@/server/generated/prisma/client';
import { isParty } from '@/server/queries/transactions/transaction-conditions';
import type { Actor } from '@/server/session';
import type { CaseAddition } from './add-to-case';

type Attached =
  | {
      readonly kind: 'attached';
      readonly added: number;
      readonly already: number;
      /** Null where all of it was there before. */
      readonly event: { readonly kind: string; readonly detail: Prisma.InputJsonObject } | null;
    }
  | { readonly kind: 'refused'; readonly reason: 'not-found' | 'full' };
type Into = { readonly caseId: bigint; readonly most: number };

/** Writes the rows of what is put into a locked case. What the actor may not see anyway is not found. */
export async function attachToCase(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { caseId, addition, most }: Into & { readonly addition: CaseAddition },
): Promise<Attached> {
  switch (addition.kind) {
    case 'transactions':
      return await attachTransactions(tx, actor, { caseId, most, keys: addition.keys });
    case 'alerts':
      return await attachAlerts(tx, actor, { caseId, most, ids: addition.ids });
    case 'trace':
      return await attachTrace(tx, actor, { caseId, most, ...addition });
  }
}

const Keyed = z.object({ key: z.string(), id: z.string(), at: z.date() });

async function attachTransactions(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { caseId, most, keys }: Into & { keys: string[] },
): Promise<Attached> {
  const wanted = [...new Set(keys.map((key) => key.toLowerCase()))];
  const mine = actor.institutionId === null ? Prisma.empty : Prisma.sql`and ${isParty([actor.institutionId])}`;
  const found = z.array(Keyed).parse(
    await tx.$queryRaw`
      select t.transaction_key::text as key, t.transaction_id as id, t.accepted_at as at
      from clearing_transaction t
      where t.transaction_key = any(${wanted}::uuid[])
        ${mine}`,
  );
  if (found.length < wanted.length) return { kind: 'refused', reason: 'not-found' };
  if ((await tx.caseTransaction.count({ where: { caseId } })) + found.length > most) return { kind: 'refused', reason: 'full' };
  const { count } = await tx.caseTransaction.createMany({
    data: found.map(({ key, at }) => ({ caseId, transactionKey: key, acceptedAt: at, addedBy: actor.id })),
    skipDuplicates: true,
  });
  const detail = { count, ...(found.length === 1 ? { transaction: found[0]?.id ?? '' } : {}) };
  return {
    kind: 'attached',
    added: count,
    already: found.length - count,
    event: count > 0 ? { kind: 'transactions-added', detail } : null,
  };
}

const ListedPayment = z.object({ key: z.string(), at: z.date() });

// An alert comes with the payments that it lists: they are what the case is about.
async function attachAlerts(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { caseId, most, ids }: Into & { ids: string[] },
): Promise<Attached> {
  const wanted = [...new Set(ids)].map(BigInt);
  const found = await tx.alert.findMany({
    where: { id: { in: wanted }, ...(actor.institutionId === null ? {} : { institutionId: actor.institutionId }) },
    select: { id: true },
  });
  if (found.length < wanted.length) return { kind: 'refused', reason: 'not-found' };
  const listed = z.array(ListedPayment).parse(
    await tx.$queryRaw`
      select p.transaction_key::text as key, min(p.accepted_at) as at
      from alert_transaction p
      where p.alert_id = any(${wanted}::bigint[])
      group by p.transaction_key`,
  );
  const [alerts, payments] = [await tx.caseAlert.count({ where: { caseId } }), await tx.caseTransaction.count({ where: { caseId } })];
  if (alerts + found.length > most || payments + listed.length > most) return { kind: 'refused', reason: 'full' };
  const { count } = await tx.caseAlert.createMany({
    data: found.map(({ id }) => ({ caseId, alertId: id, addedBy: actor.id })),
    skipDuplicates: true,
  });
  const paid = await tx.caseTransaction.createMany({
    data: listed.map(({ key, at }) => ({ caseId, transactionKey: key, acceptedAt: at, addedBy: actor.id })),
    skipDuplicates: true,
  });
  const detail = { count, payments: paid.count, ...(found.length === 1 ? { alert: String(found[0]?.id) } : {}) };
  const event = count + paid.count > 0 ? { kind: 'alerts-added', detail } : null;
  return { kind: 'attached', added: count, already: found.length - count, event };
}

type Trace = Extract<CaseAddition, { kind: 'trace' }>;

async function attachTrace(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { caseId, most, title, address, snapshot }: Into & Omit<Trace, 'kind'>,
): Promise<Attached> {
  if ((await tx.caseTrace.count({ where: { caseId } })) >= most) return { kind: 'refused', reason: 'full' };
  const sha256 = createHash('sha256').update(canonicalJson(snapshot)).digest('hex');
  const before = await tx.caseTrace.count({ where: { caseId, sha256 } });
  if (before > 0) return { kind: 'attached', added: 0, already: 1, event: null };
  const asOf = snapshot.asOfMs === null ? null : new Date(snapshot.asOfMs);
  await tx.caseTrace.create({
    data: { caseId, title, address, snapshot: snapshot as Prisma.InputJsonObject, sha256, asOf, addedBy: actor.id },
  });
  return { kind: 'attached', added: 1, already: 0, event: { kind: 'trace-added', detail: { title, sha256 } } };
}
