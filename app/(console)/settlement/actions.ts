'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { BreakResolution } from '@/domain/settlement/break-kinds';
import { DecideClosing, decideClosing } from '@/server/commands/settlement/decide-closing';
import { type ClosingOutcome, ProposeClosing, proposeClosing } from '@/server/commands/settlement/propose-closing';
import { SetCap, setCap } from '@/server/commands/settlement/set-cap';
import { SetSchedule, setSchedule } from '@/server/commands/settlement/set-schedule';
import { WithdrawClosing, withdrawClosing } from '@/server/commands/settlement/withdraw-closing';
import { ReopenBreaks, ResolveBreaks, reopenBreaks, resolveBreaks, TakeBreaks, takeBreaks } from '@/server/commands/settlement/work-breaks';
import { requireActor } from '@/server/session';
import { answerTo } from './answer-to';

/** Proposes to close one session. */
export async function proposeSession(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:propose');
  const parsed = ProposeClosing.safeParse({ no: form.get('no'), note: text(form, 'note'), at: new Date() });
  answer(form, parsed.success ? saidOf(await proposeClosing(actor, parsed.data), 'proposed') : { refused: 'invalid' });
}

/** Confirms a proposal, which closes its session, or rejects it: `decision` says which. */
export async function decideSession(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:confirm');
  const parsed = DecideClosing.safeParse({
    no: form.get('no'),
    decision: form.get('decision'),
    reason: text(form, 'reason'),
    at: new Date(),
  });
  if (!parsed.success) answer(form, { refused: 'invalid' });
  else answer(form, saidOf(await decideClosing(actor, parsed.data), parsed.data.decision === 'confirm' ? 'closed' : 'rejected'));
}

/** Takes one's own proposal back. */
export async function withdrawSession(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:propose');
  const parsed = WithdrawClosing.safeParse({ no: form.get('no'), at: new Date() });
  answer(form, parsed.success ? saidOf(await withdrawClosing(actor, parsed.data), 'withdrawn') : { refused: 'invalid' });
}

/** Proposes every chosen session, each by itself: one that cannot be closed keeps no other from it. */
export async function proposeChosen(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:propose');
  const at = new Date();
  await eachChosen(form, (no) => {
    const parsed = ProposeClosing.safeParse({ no, at });
    return parsed.success ? proposeClosing(actor, parsed.data) : null;
  });
}

/** Confirms every chosen session that somebody else proposed. */
export async function confirmChosen(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:confirm');
  const at = new Date();
  await eachChosen(form, (no) => {
    const parsed = DecideClosing.safeParse({ no, decision: 'confirm', at });
    return parsed.success ? decideClosing(actor, parsed.data) : null;
  });
}

/** Makes the actor the owner of the chosen breaks. */
export async function takeChosen(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:work');
  const parsed = TakeBreaks.safeParse({ ids: form.getAll('chosen'), at: new Date() });
  answer(form, parsed.success ? { done: 'taken', count: (await takeBreaks(actor, parsed.data)).length } : { refused: 'nothing-chosen' });
}

/** Says how the chosen breaks were dealt with. */
export async function resolveChosen(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:work');
  const ids = form.getAll('chosen');
  if (ids.length === 0) answer(form, { refused: 'nothing-chosen' });
  const parsed = ResolveBreaks.safeParse({
    ids,
    resolution: form.get('resolution') as BreakResolution,
    note: text(form, 'note') ?? '',
    at: new Date(),
  });
  answer(form, parsed.success ? { done: 'resolved', count: (await resolveBreaks(actor, parsed.data)).length } : { refused: 'note-short' });
}

/** Takes the resolutions of the chosen breaks back. */
export async function reopenChosen(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:work');
  const parsed = ReopenBreaks.safeParse({ ids: form.getAll('chosen') });
  answer(
    form,
    parsed.success ? { done: 'reopened', count: (await reopenBreaks(actor, parsed.data)).length } : { refused: 'nothing-chosen' },
  );
}

/** Sets when sessions end, from a business day to come. */
export async function saveSchedule(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:schedule');
  const parsed = SetSchedule.safeParse({
    effectiveFrom: form.get('day'),
    cutOffs: minutesOf(text(form, 'cutOffs') ?? ''),
    nettingMinutes: Number(form.get('netting')),
    agentRequired: form.get('agent') === 'on',
    paceMinutes: Number(form.get('pace')),
    at: new Date(),
  });
  if (!parsed.success) answer(form, { refused: 'invalid' });
  else {
    const outcome = await setSchedule(actor, parsed.data);
    answer(form, outcome.kind === 'done' ? { done: 'schedule' } : { refused: outcome.reason });
  }
}

/** Sets or takes away an institution's net debit cap. */
export async function saveCap(form: FormData): Promise<void> {
  const actor = await requireActor('settlement:schedule');
  const parsed = SetCap.safeParse({ institution: form.get('institution'), amount: form.get('amount') ?? '' });
  const outcome = parsed.success ? await setCap(actor, parsed.data) : null;
  answer(form, outcome?.kind === 'done' ? { done: 'cap' } : { refused: 'invalid' });
}

type Said = Parameters<typeof answerTo>[1];

// The answer stands in the address: it survives without scripts, and Back takes it away again.
function answer(form: FormData, said: Said): never {
  revalidatePath('/settlement', 'layout');
  redirect(answerTo(String(form.get('back') ?? ''), said));
}

function saidOf(outcome: ClosingOutcome, done: string): Said {
  return outcome.kind === 'done' ? { done } : { refused: outcome.reason };
}

async function eachChosen(form: FormData, work: (no: string) => Promise<ClosingOutcome> | null): Promise<never> {
  let count = 0;
  const refusals: string[] = [];
  for (const no of new Set(form.getAll('chosen').map(String).slice(0, 400))) {
    const outcome = await work(no);
    if (outcome?.kind === 'done') count++;
    else refusals.push(outcome?.reason ?? 'invalid');
  }
  if (count + refusals.length === 0) return answer(form, { refused: 'nothing-chosen' });
  return answer(form, { done: 'bulk', count, refusedCount: refusals.length, ...(refusals[0] ? { refused: refusals[0] } : {}) });
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function minutesOf(list: string): number[] {
  return list
    .split(/[\s,，、;；]+/)
    .filter((each) => each !== '')
    .map((each) => {
      const match = /^(\d{1,2})[:：](\d{2})$/.exec(each);
      return match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
    });
}
