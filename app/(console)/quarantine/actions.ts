'use server';

import type * as z from 'zod';
import { ReopenLines, reopenLines } from '@/server/commands/quarantine/reopen-lines';
import { ResolveLines, resolveLines } from '@/server/commands/quarantine/resolve-lines';
import { requireActor } from '@/server/session';

export type Handled = { readonly kind: 'done'; readonly ids: readonly string[] } | { readonly kind: 'invalid' };

const Note = ResolveLines.omit({ at: true });

/** Marks refused lines as dealt with; audited. */
export async function resolveQuarantined(input: z.infer<typeof Note>): Promise<Handled> {
  const actor = await requireActor('quarantine:resolve');
  const parsed = Note.safeParse(input);
  if (!parsed.success) return { kind: 'invalid' };
  return { kind: 'done', ids: await resolveLines(actor, { ...parsed.data, at: new Date() }) };
}

/** Takes resolutions back; audited. */
export async function reopenQuarantined(input: ReopenLines): Promise<Handled> {
  const actor = await requireActor('quarantine:resolve');
  const parsed = ReopenLines.safeParse(input);
  if (!parsed.success) return { kind: 'invalid' };
  return { kind: 'done', ids: await reopenLines(actor, parsed.data) };
}
