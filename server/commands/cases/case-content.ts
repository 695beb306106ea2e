import 'server-only';
import { createHash } from 'node:crypto';
import { caseContentText } from '@/domain/cases/case-content';
import type { Prisma } from '@/server/generated/prisma/client';
import type { LockedCase } from './work-on-case';

/** SHA-256 of everything that a locked case holds, read from its rows. `finding` and `conclusion` are the proposal's. */
export async function caseContentHash(
  tx: Prisma.TransactionClient,
  found: Pick<LockedCase, 'id' | 'no' | 'title' | 'summary'>,
  { finding, conclusion }: { readonly finding: string; readonly conclusion: string },
): Promise<string> {
  const where = { caseId: found.id };
  const [transactions, alerts, traces, files, notes, checks, institutions] = [
    await tx.caseTransaction.findMany({ where, orderBy: { transactionKey: 'asc' } }),
    await tx.caseAlert.findMany({ where, orderBy: { alertId: 'asc' } }),
    await tx.caseTrace.findMany({ where, orderBy: { id: 'asc' }, select: { id: true, sha256: true } }),
    await tx.caseFile.findMany({ where, orderBy: { id: 'asc' } }),
    await tx.caseNote.findMany({ where, orderBy: { id: 'asc' } }),
    await tx.caseCheck.findMany({ where, orderBy: { id: 'asc' } }),
    await tx.caseInstitution.findMany({ where, orderBy: { institutionId: 'asc' } }),
  ];
  const text = caseContentText({
    no: found.no,
    title: found.title,
    summary: found.summary,
    finding,
    conclusion,
    transactions: transactions.map(({ transactionKey }) => transactionKey),
    alerts: alerts.map(({ alertId }) => String(alertId)),
    traces: traces.map(({ id, sha256 }) => ({ id: String(id), sha256 })),
    files: files.map(({ id, name, bytes, sha256 }) => ({ id, name, bytes, sha256 })),
    notes: notes.map(({ id, writtenBy, writtenAt, text: said }) => ({
      id: String(id),
      by: writtenBy,
      at: writtenAt.toISOString(),
      text: said,
    })),
    checks: checks.map(({ id, step, text: said, doneBy, doneAt }) => ({
      id: String(id),
      says: step ?? said ?? '',
      by: doneBy,
      at: doneAt?.toISOString() ?? null,
    })),
    institutions: institutions.map(({ institutionId }) => institutionId),
  });
  return createHash('sha256').update(text).digest('hex');
}
