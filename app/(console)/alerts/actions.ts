'use server';

import { revalidatePath } from 'next/cache';
import { getLocale } from 'next-intl/server';
import * as z from 'zod';
import type { AlertRow } from '@/domain/alerts/alert-row';
import { TriageAction } from '@/domain/alerts/triage-action';
import type { TriageOutcome } from '@/domain/alerts/triage-outcome';
import { allows } from '@/domain/permissions';
import { forgetView, KeepView, keepView } from '@/server/commands/alerts/keep-view';
import { TRIAGE_MAX, TriageTarget, triageAlerts } from '@/server/commands/alerts/triage-alerts';
import { undoTriage } from '@/server/commands/alerts/undo-triage';
import { possibleOriginals } from '@/server/queries/alerts/related-alerts';
import { matchingInstitutions } from '@/server/queries/transactions/matching-institutions';
import { requireActor } from '@/server/session';

const Targets = z.array(TriageTarget).min(1).max(TRIAGE_MAX);
export type Triaged = { readonly kind: 'tried'; readonly outcomes: readonly TriageOutcome[] } | { readonly kind: 'invalid' | 'may-not' };

/** Does one thing to some alerts; each is answered for itself. */
export async function triage(targets: unknown, action: unknown): Promise<Triaged> {
  const actor = await requireActor('alerts:view');
  if (!allows(actor.role, 'alerts:triage')) return { kind: 'may-not' };
  const asked = Targets.safeParse(targets);
  const wanted = TriageAction.safeParse(action);
  if (!asked.success || !wanted.success) return { kind: 'invalid' };
  return { kind: 'tried', outcomes: await triageAlerts(actor, { targets: asked.data, action: wanted.data, at: new Date() }) };
}

/** Takes one's own last step on some alerts back. */
export async function takeBack(targets: unknown): Promise<Triaged> {
  const actor = await requireActor('alerts:view');
  if (!allows(actor.role, 'alerts:triage')) return { kind: 'may-not' };
  const asked = Targets.safeParse(targets);
  if (!asked.success) return { kind: 'invalid' };
  return { kind: 'tried', outcomes: await undoTriage(actor, { targets: asked.data, at: new Date() }) };
}

/** Alerts that one may be a duplicate of. */
export async function originalsOf(alertId: string): Promise<readonly AlertRow[]> {
  const actor = await requireActor('alerts:view');
  if (!/^\d{1,18}$/.test(alertId)) return [];
  return await possibleOriginals(actor, { alertId, locale: await getLocale(), at: new Date() });
}

/** Institutions to narrow the list by. */
export async function suggestInstitutions(text: string): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const actor = await requireActor('alerts:view');
  const wanted = z.string().trim().max(100).safeParse(text);
  if (!wanted.success || wanted.data === '') return [];
  const found = await matchingInstitutions(actor, { text: wanted.data, locale: await getLocale() });
  return found.map(({ code, name }) => ({ code, name }));
}

/** Keeps the present filter under a name of one's own. */
export async function saveView(name: string, search: string): Promise<'done' | 'full' | 'invalid'> {
  const actor = await requireActor('alerts:view');
  const asked = KeepView.safeParse({ name, search });
  if (!asked.success) return 'invalid';
  const { kind } = await keepView(actor, asked.data);
  revalidatePath('/alerts');
  return kind;
}

/** Forgets one of one's own views. */
export async function removeView(id: string): Promise<void> {
  const actor = await requireActor('alerts:view');
  if (/^\d{1,18}$/.test(id)) await forgetView(actor, { id });
  revalidatePath('/alerts');
}
