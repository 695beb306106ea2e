import 'server-only';
import { type ExportKind, type ExportMasking, ExportQuestion, type ExportState } from '@/domain/evidence/export-question';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';

export const EXPORT_VIEWS = ['all', 'open', 'mine', 'approval'] as const;
export type ExportView = (typeof EXPORT_VIEWS)[number];

export type ExportJobRow = {
  readonly id: string;
  readonly state: ExportState;
  readonly kind: ExportKind;
  readonly masking: ExportMasking;
  readonly purpose: string;
  readonly needsApproval: boolean;
  readonly promisedRows: bigint;
  readonly deliveredRows: bigint;
  readonly requestedBy: string;
  readonly requesterName: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
};

const SHOWN_MAX = 200;

/** Exports, newest first; an institution's own people see that institution's and no others. */
export async function exportJobs(
  actor: Actor,
  { view }: { view: ExportView },
): Promise<{ readonly rows: readonly ExportJobRow[]; readonly total: number; readonly toApprove: number }> {
  const seen = visibleTo(actor);
  const toApprove = { ...seen, state: 'asked', NOT: { requestedBy: actor.id } };
  const where: Prisma.ExportJobWhereInput = {
    all: seen,
    open: { ...seen, state: { in: ['asked', 'queued', 'writing', 'sheets', 'sealing', 'proving'] } },
    mine: { ...seen, requestedBy: actor.id },
    approval: toApprove,
  }[view];
  const [rows, total, waiting] = await Promise.all([
    database().exportJob.findMany({ where, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }], take: SHOWN_MAX }),
    database().exportJob.count({ where }),
    database().exportJob.count({ where: toApprove }),
  ]);
  const names = await namesOf(rows.map(({ requestedBy }) => requestedBy));
  return { rows: rows.map((row) => toRow(row, names)), total, toApprove: waiting };
}

export type ExportJobDetail = ExportJobRow & {
  readonly question: ExportQuestion;
  readonly questionSha256: string;
  readonly decidedBy: string | null;
  readonly deciderName: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly fault: string | null;
  readonly manifest: string | null;
  readonly bundleBytes: bigint | null;
  readonly auditEventId: bigint | null;
  readonly files: readonly { readonly name: string; readonly rows: bigint | null; readonly bytes: bigint; readonly sha256: string }[];
};

/** One export; null where there is none that the actor may see. */
export async function exportJob(actor: Actor, { id }: { id: string }): Promise<ExportJobDetail | null> {
  const row = await database().exportJob.findFirst({
    where: { id, ...visibleTo(actor) },
    include: { files: { orderBy: { no: 'asc' }, select: { name: true, rows: true, bytes: true, sha256: true } } },
  });
  if (!row) return null;
  const names = await namesOf([row.requestedBy, ...(row.decidedBy === null ? [] : [row.decidedBy])]);
  const { decidedBy, decidedAt, decisionNote, fault, manifest, bundleBytes, auditEventId, files } = row;
  return {
    ...toRow(row, names),
    question: ExportQuestion.parse(JSON.parse(row.question)),
    questionSha256: Buffer.from(row.questionDigest).toString('hex'),
    deciderName: decidedBy === null ? null : (names.get(decidedBy) ?? ''),
    decidedBy,
    decidedAt,
    decisionNote,
    fault,
    manifest,
    bundleBytes,
    auditEventId,
    files,
  };
}

export function visibleTo({ institutionId }: Pick<Actor, 'institutionId'>): Prisma.ExportJobWhereInput {
  return institutionId === null ? {} : { institutionId };
}

async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await database().appUser.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, displayName: true } });
  return new Map(people.map(({ id, displayName }) => [id, displayName]));
}

type Stored = Awaited<ReturnType<ReturnType<typeof database>['exportJob']['findMany']>>[number];

function toRow(row: Stored, names: ReadonlyMap<string, string>): ExportJobRow {
  const { id, purpose, needsApproval, promisedRows, deliveredRows, requestedBy, requestedAt, expiresAt } = row;
  return {
    id,
    state: row.state as ExportState,
    kind: row.kind as ExportKind,
    masking: row.masking as ExportMasking,
    purpose,
    needsApproval,
    promisedRows,
    deliveredRows,
    requestedBy,
    requesterName: names.get(requestedBy) ?? '',
    requestedAt,
    expiresAt,
  };
}
