'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type * as z from 'zod';
import { SetPart, setPart } from '@/server/commands/cases/change-members';
import { CloseCase, closeCase } from '@/server/commands/cases/close-case';
import { EditCase, editCase } from '@/server/commands/cases/edit-case';
import { HoldCase, holdCase } from '@/server/commands/cases/hold-case';
import { LinkInstitution, linkInstitution } from '@/server/commands/cases/link-institution';
import { OpenCase, openCase } from '@/server/commands/cases/open-case';
import { TakeOffCase, takeOffCase } from '@/server/commands/cases/take-off-case';
import { AddCheck, addCheck, TickCheck, tickCheck } from '@/server/commands/cases/work-checklist';
import { WriteNote, writeNote } from '@/server/commands/cases/write-note';
import { isCommandFault } from '@/server/errors';
import { requireActor } from '@/server/session';
import { answerTo } from './answer-to';

/** Opens a case from nothing and goes to it. */
export async function openNewCase(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  const parsed = OpenCase.safeParse({
    title: text(form, 'title'),
    summary: text(form, 'summary'),
    supervisorId: text(form, 'supervisor') || null,
    dueAt: dueIn(form),
  });
  if (!parsed.success) redirect(answerTo('/cases/new', { refused: 'invalid' }));
  const opened = await openCase(actor, parsed.data).catch((fault: unknown) => {
    if (isCommandFault(fault) && fault.status === 422) return null;
    throw fault;
  });
  redirect(opened ? answerTo(`/cases/${opened.no}`, { done: 'opened' }) : answerTo('/cases/new', { refused: 'supervisor' }));
}

/** Says anew what a case is about and when it is due. */
export async function saveCase(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  await answer(form, 'saved', '', EditCase, { title: text(form, 'title'), summary: text(form, 'summary'), dueAt: dueIn(form) }, (input) =>
    editCase(actor, input),
  );
}

export async function writeCaseNote(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  await answer(form, 'note', 'notes', WriteNote, { text: text(form, 'text') }, (input) => writeNote(actor, input));
}

export async function tickCaseCheck(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  const wanted = { id: text(form, 'id'), done: text(form, 'to') === 'done', at: new Date() };
  await answer(form, 'check', 'checklist', TickCheck, wanted, (input) => tickCheck(actor, input));
}

export async function addCaseCheck(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  await answer(form, 'check', 'checklist', AddCheck, { text: text(form, 'text') }, (input) => addCheck(actor, input));
}

/** Puts somebody on the case, gives them another part, or takes them off. */
export async function setCasePart(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  const wanted = { userId: text(form, 'person'), part: text(form, 'part') };
  await answer(form, 'people', 'people', SetPart, wanted, (input) => setPart(actor, input));
}

/** Takes a payment, an alert or a trace off the case. */
export async function takeOff(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  await answer(form, 'removed', '', TakeOffCase, { kind: text(form, 'kind'), id: text(form, 'id') }, (input) => takeOffCase(actor, input));
}

export async function linkCaseInstitution(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  await answer(form, 'linked', 'institutions', LinkInstitution, { code: text(form, 'code') }, (input) => linkInstitution(actor, input));
}

const CLOSED = { propose: 'proposed', withdraw: 'withdrawn', close: 'closed', reject: 'rejected', reopen: 'reopened' } as const;

/** Every step of closing: `step` says which. */
export async function stepClosing(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  const kind = text(form, 'step');
  const wanted = {
    kind,
    at: new Date(),
    finding: text(form, 'finding'),
    conclusion: text(form, 'conclusion'),
    hash: text(form, 'hash'),
    reason: text(form, 'reason'),
  };
  await answer(form, CLOSED[kind as keyof typeof CLOSED], 'closing', CloseCase, wanted, (input) => closeCase(actor, input));
}

const HELD = { place: 'held', 'ask-lift': 'liftAsked', lift: 'lifted', keep: 'kept' } as const;

/** Every step of a legal hold: `step` says which. */
export async function stepHold(form: FormData): Promise<void> {
  const actor = await requireActor('cases:work');
  const kind = text(form, 'step');
  const wanted = { kind, at: new Date(), reason: text(form, 'reason') };
  await answer(form, HELD[kind as keyof typeof HELD], 'hold', HoldCase, wanted, (input) => holdCase(actor, input));
}

type Outcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string };

async function answer<S extends z.ZodType>(
  form: FormData,
  done: string,
  anchor: string,
  shape: S,
  fields: Record<string, unknown>,
  work: (input: z.input<S>) => Promise<Outcome>,
): Promise<never> {
  const no = text(form, 'no');
  const given = { ...fields, no };
  const outcome: Outcome = shape.safeParse(given).success
    ? await work(given as z.input<S>).catch((fault: unknown): Outcome => {
        // The page itself then says that there is no such case, and has put the attempt on record.
        if (isCommandFault(fault) && fault.status === 404) return { kind: 'refused', reason: 'not-found' };
        throw fault;
      })
    : { kind: 'refused', reason: 'invalid' };
  revalidatePath('/cases', 'layout');
  redirect(answerTo(`/cases/${no}`, outcome.kind === 'done' ? { done } : { refused: outcome.reason }, anchor));
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

// Due by the end of a business day.
function dueIn(form: FormData): Date | null {
  const day = text(form, 'due');
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T23:59:59+08:00`) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}
