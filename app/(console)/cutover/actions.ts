'use server';

import { ActOnGate, actOnGate } from '@/server/commands/cut-over/act-on-gate';
import { ChangeCutOverSettings, changeCutOverSettings } from '@/server/commands/cut-over/change-settings';
import { DecideCertificate, decideCertificate } from '@/server/commands/cut-over/decide-certificate';
import { RequestCertificate, requestCertificate } from '@/server/commands/cut-over/request-certificate';
import { rerunOnRecord } from '@/server/commands/cut-over/rerun-on-record';
import type { Rerun } from '@/server/queries/cut-over/rerun-certificate';
import { requireActor } from '@/server/session';

/** What became of a form: a refusal has a code that the screen puts into words. */
export type FormOutcome =
  | { readonly kind: 'idle' }
  | { readonly kind: 'done'; readonly id?: string; readonly withheld?: boolean }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Sets the deadline and the rules of new certificates; audited. */
export async function changeSettings(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('cutover:govern');
  const parsed = ChangeCutOverSettings.safeParse({
    deadline: form.get('deadline'),
    minimumDays: Number(form.get('minimumDays')),
    coverageMinPercent: Number(form.get('coverageMinPercent')),
    note: form.get('note'),
  });
  if (!parsed.success) return { kind: 'invalid' };
  await changeCutOverSettings(actor, parsed.data);
  return { kind: 'done' };
}

/** Does one thing about a cell's gate; audited. */
export async function changeGate(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('cutover:govern');
  const parsed = ActOnGate.safeParse({ ...fields(form), to: form.get('to') ?? undefined, request: form.get('request') ?? undefined });
  if (!parsed.success) return { kind: 'invalid' };
  const outcome = await actOnGate(actor, parsed.data);
  return outcome.kind === 'done' ? { kind: 'done' } : outcome;
}

/** Takes the evidence for a certificate; what it does not prove is told and kept. Audited. */
export async function askForCertificate(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('cutover:govern');
  const parsed = RequestCertificate.safeParse(fields(form));
  if (!parsed.success) return { kind: 'invalid' };
  const outcome = await requestCertificate(actor, parsed.data);
  return { kind: 'done', id: outcome.id, withheld: outcome.kind === 'withheld' };
}

/** The second person's decision on a certificate; audited. */
export async function decideOnCertificate(_before: FormOutcome, form: FormData): Promise<FormOutcome> {
  const actor = await requireActor('cutover:govern');
  const parsed = DecideCertificate.safeParse({ ...fields(form), approve: form.get('decision') === 'approve' });
  if (!parsed.success) return { kind: 'invalid' };
  const outcome = await decideCertificate(actor, parsed.data);
  return outcome.kind === 'refused' ? outcome : { kind: 'done' };
}

export type RerunOutcome = { readonly kind: 'idle' } | { readonly kind: 'gone' } | { readonly kind: 'done'; readonly rerun: Rerun };

/** Takes a certificate's evidence again; that somebody did, and what came of it, is audited. */
export async function rerun(_before: RerunOutcome, form: FormData): Promise<RerunOutcome> {
  const actor = await requireActor('cutover:view');
  const outcome = await rerunOnRecord(actor, { id: String(form.get('id') ?? '') });
  return outcome === null ? { kind: 'gone' } : { kind: 'done', rerun: outcome };
}

function fields(form: FormData): Record<string, string> {
  return Object.fromEntries([...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
