'use server';

import { revalidatePath } from 'next/cache';
import * as z from 'zod';
import { parseRule, type RuleFault } from '@/domain/detection/rules/rule';
import { allows } from '@/domain/permissions';
import { saveDraft } from '@/server/commands/rules/save-draft';
import { type SteppedVersion, StepVersion, stepVersion } from '@/server/commands/rules/step-version';
import { isCommandFault } from '@/server/errors';
import { type Replay, replayRules } from '@/server/queries/rules/replay-rules';
import { ruleVersions } from '@/server/queries/rules/rule-versions';
import { requireActor } from '@/server/session';

export type Checked =
  | { readonly kind: 'replayed'; readonly replay: Replay }
  | { readonly kind: 'faulty'; readonly faults: readonly RuleFault[] }
  | { readonly kind: 'failed' };
export type Kept =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'faulty'; readonly faults: readonly RuleFault[] }
  | { readonly kind: 'failed' };

const DAY_MS = 86_400_000;
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What a definition would have raised on one day, beside the version in force. */
export async function previewRule(ruleId: string, definition: unknown, day: string): Promise<Checked> {
  const actor = await requireActor('rules:view');
  const parsed = parseRule(typeof definition === 'object' ? { ...definition, id: ruleId, version: 1_000_000 } : definition);
  if (!parsed.ok) return { kind: 'faulty', faults: parsed.faults };
  const range = dayRange(day, 1);
  if (!range) return { kind: 'failed' };
  const live = (await ruleVersions(actor, { ruleId })).find(({ state }) => state === 'active')?.rule;
  return await checked(() => replayRules(actor, { rules: [parsed.rule, ...(live ? [live] : [])], range }));
}

/** Replays some days under a stored version. */
export async function replayVersion(ruleId: string, version: number, day: string, days: number): Promise<Checked> {
  const actor = await requireActor('rules:view');
  const range = dayRange(day, days);
  const rule = (await ruleVersions(actor, { ruleId: String(ruleId) })).find((one) => one.version === version)?.rule;
  if (!range || !rule) return { kind: 'failed' };
  return await checked(() => replayRules(actor, { rules: [rule], range }));
}

/** Keeps a definition as a draft. */
export async function saveRule(ruleId: string, definition: unknown): Promise<Kept> {
  const actor = await requireActor('rules:view');
  if (!allows(actor.role, 'rules:govern')) return { kind: 'failed' };
  const kept = await saveDraft(actor, { ruleId, definition });
  revalidatePath('/rules', 'layout');
  return kept;
}

/** One step of a version's life. */
export async function moveVersion(input: Omit<StepVersion, 'at'>): Promise<SteppedVersion | { readonly kind: 'failed' }> {
  const actor = await requireActor('rules:view');
  if (!allows(actor.role, 'rules:govern')) return { kind: 'failed' };
  const asked = StepVersion.safeParse({ ...input, at: new Date() });
  if (!asked.success) return { kind: 'failed' };
  try {
    return await stepVersion(actor, asked.data);
  } catch (error) {
    if (isCommandFault(error)) return { kind: 'failed' };
    throw error;
  } finally {
    revalidatePath('/rules', 'layout');
  }
}

async function checked(replay: () => Promise<Replay>): Promise<Checked> {
  try {
    return { kind: 'replayed', replay: await replay() };
  } catch (error) {
    if (isCommandFault(error)) return { kind: 'failed' };
    throw error;
  }
}

function dayRange(day: string, days: number) {
  const from = Day.safeParse(day).success ? new Date(`${day}T00:00:00+08:00`) : null;
  const length = z.int().min(1).max(14).safeParse(days);
  return from && !Number.isNaN(from.getTime()) && length.success ? { from, to: new Date(from.getTime() + length.data * DAY_MS) } : null;
}
