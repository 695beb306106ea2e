'use server';

import { getLocale } from 'next-intl/server';
import * as z from 'zod';
import { EXPORT_KINDS, EXPORT_MASKINGS, type ExportFilter, ExportQuestion } from '@/domain/evidence/export-question';
import { cancelExport } from '@/server/commands/exports/cancel-export';
import { DecideExport, decideExport } from '@/server/commands/exports/decide-export';
import { ExportNote, questionOf, requestExport } from '@/server/commands/exports/request-export';
import { isCommandFault } from '@/server/errors';
import { exportSettings } from '@/server/queries/exports/export-settings';
import { exportSnapshot } from '@/server/queries/exports/export-snapshot';
import { promisedRows } from '@/server/queries/exports/promised-rows';
import { type Actor, requireActor } from '@/server/session';
import { listQuestion } from '../transactions/list-question';

/** The list that somebody looks at: its address, and the span that it is of. */
const List = z.object({
  search: z.string().max(8_000),
  currency: z.string().length(3),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  kind: z.enum(EXPORT_KINDS),
});
export type ExportList = z.infer<typeof List>;

export type ExportPromise =
  | {
      readonly kind: 'counted';
      readonly rows: string;
      readonly snapshot: ExportQuestion['snapshot'];
      readonly approvalRows: string;
    }
  | { readonly kind: 'refused'; readonly reason: 'tooLong' | 'noSnapshot' | 'notExportable' };

/** How many rows the export of a list would have, and of which moment: said before anybody asks for it. */
export async function promiseExport(input: ExportList): Promise<ExportPromise> {
  const actor = await requireActor('exports:request');
  const list = List.parse(input);
  const [filter, snapshot, settings] = await Promise.all([filterOf(actor, list), exportSnapshot(), exportSettings()]);
  if (!filter) return { kind: 'refused', reason: 'notExportable' };
  if (!snapshot) return { kind: 'refused', reason: 'noSnapshot' };
  const question = await questionOf(actor, { kind: list.kind, filter, snapshot, masking: 'masked', sheets: false, language: 'en' });
  const counted = await promisedRows(actor, { question });
  if (counted.kind === 'too-long') return { kind: 'refused', reason: 'tooLong' };
  return { kind: 'counted', rows: String(counted.rows), snapshot, approvalRows: String(settings.approvalRows) };
}

const Ask = List.extend({
  snapshot: ExportQuestion.shape.snapshot,
  masking: z.enum(EXPORT_MASKINGS),
  sheets: z.boolean(),
  purpose: ExportNote,
});
export type ExportAsk = z.infer<typeof Ask>;
export type ExportAsked =
  | { readonly kind: 'asked' | 'queued'; readonly id: string }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'refused'; readonly reason: 'none' | 'tooLong' | 'noSnapshot' | 'notExportable' };

/** Asks for the export of a list; audited. */
export async function askForExport(input: ExportAsk): Promise<ExportAsked> {
  const actor = await requireActor('exports:request');
  const parsed = Ask.safeParse(input);
  if (!parsed.success) return { kind: 'invalid' };
  const { kind, snapshot, masking, sheets, purpose } = parsed.data;
  const filter = await filterOf(actor, parsed.data);
  if (!filter) return { kind: 'refused', reason: 'notExportable' };
  const language = (await getLocale()).startsWith('zh') ? 'zh-CN' : 'en';
  const outcome = await requestExport(actor, { kind, filter, snapshot, masking, sheets, language, purpose });
  if (outcome.kind !== 'refused') return { kind: outcome.kind, id: outcome.id };
  return { kind: 'refused', reason: ({ empty: 'none', 'too-long': 'tooLong', 'no-snapshot': 'noSnapshot' } as const)[outcome.reason] };
}

export type FormOutcome =
  | { readonly kind: 'idle' | 'done' | 'invalid' }
  | { readonly kind: 'refused'; readonly reason: 'same-person' | 'already-decided' | 'question-differs' | 'may-not-reveal' };

/** The second person's decision; audited. */
export async function decideOnExport(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('exports:approve');
  const parsed = DecideExport.safeParse({
    id: form.get('id'),
    questionSha256: form.get('questionSha256'),
    note: form.get('note'),
    approve: form.get('decision') === 'approve',
  });
  if (!parsed.success) return { kind: 'invalid' };
  try {
    const outcome = await decideExport(actor, parsed.data);
    return outcome.kind === 'refused' ? outcome : { kind: 'done' };
  } catch (error) {
    if (isCommandFault(error)) return { kind: 'refused', reason: error.status === 403 ? 'may-not-reveal' : 'already-decided' };
    throw error;
  }
}

/** Calls off one's own export; audited. */
export async function callOffExport(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('exports:request');
  const id = z.uuid().safeParse(form.get('id'));
  if (!id.success) return { kind: 'invalid' };
  const { kind } = await cancelExport(actor, { id: id.data });
  return kind === 'cancelled' ? { kind: 'done' } : { kind: 'refused', reason: 'already-decided' };
}

/** What the list is narrowed to, by codes; null where a snapshot cannot be narrowed so: finality is not known of a moment that is past. */
async function filterOf(actor: Actor, { search, currency, from, to }: ExportList): Promise<ExportFilter | null> {
  const params = Object.fromEntries(new URLSearchParams(search));
  const range = { from: new Date(from), to: new Date(to) };
  const { filter, scope, misread, match } = await listQuestion(actor, { params, range, currency, locale: 'en' });
  if (misread.length > 0 || scope.final !== undefined || match?.kind === 'nothing') return null;
  return {
    from: scope.range.from.toISOString(),
    to: scope.range.to.toISOString(),
    currency: scope.currency ?? null,
    payers: [...filter.payers],
    payees: [...filter.payees],
    institutions: [...filter.institutions],
    intermediaries: [...filter.intermediaries],
    types: [...scope.types],
    statuses: [...scope.statuses],
    route: scope.route ?? null,
    accounts: scope.accountIds ? [...scope.accountIds] : null,
    keys: scope.keys ? [...scope.keys] : match?.kind === 'one' ? [match.key] : null,
    minMinor: scope.minMinor?.toString() ?? null,
    maxMinor: scope.maxMinor?.toString() ?? null,
  };
}
